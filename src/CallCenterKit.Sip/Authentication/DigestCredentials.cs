using System.Globalization;
using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Authentication;

/// <summary>What an Authorization or Proxy-Authorization header says (RFC 7616 §3.4).</summary>
internal sealed class DigestCredentials
{
    public string User { get; init; } = "";

    public string Realm { get; init; } = "";

    public string Nonce { get; init; } = "";

    public string Uri { get; init; } = "";

    /// <summary>The request digest; not a secret, yet never logged.</summary>
    public string Response { get; init; } = "";

    /// <summary>"auth", or null for a client of RFC 2069.</summary>
    public string? Qop { get; init; }

    public string NonceCountText { get; init; } = "";

    public string ClientNonce { get; init; } = "";

    public string? Algorithm { get; init; }

    public string? Opaque { get; init; }

    /// <summary>How often the client has used the nonce; null when that is not eight hexadecimal digits.</summary>
    public uint? NonceCount =>
        NonceCountText.Length == 8 && uint.TryParse(NonceCountText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    /// <summary>False when a field is missing or the header is not digest at all. Quoted pairs stay as written: they count in a digest that way.</summary>
    public static bool TryParse(ReadOnlySpan<byte> header, out DigestCredentials credentials)
    {
        credentials = new();
        if (!SipAuthorization.TryParse(header, out var fields) || !fields.IsDigest
            || !fields.TryGet("username"u8, out var user) || !fields.TryGet("realm"u8, out var realm) || !fields.TryGet("nonce"u8, out var nonce)
            || !fields.TryGet("uri"u8, out var uri) || !fields.TryGet("response"u8, out var response))
        {
            return false;
        }
        credentials = new()
        {
            User = SipText.Decode(user),
            Realm = SipText.Decode(realm),
            Nonce = SipText.Decode(nonce),
            Uri = SipText.Decode(uri),
            Response = SipText.Decode(response),
            Qop = Optional(fields, "qop"u8),
            NonceCountText = Optional(fields, "nc"u8) ?? "",
            ClientNonce = Optional(fields, "cnonce"u8) ?? "",
            Algorithm = Optional(fields, "algorithm"u8),
            Opaque = Optional(fields, "opaque"u8),
        };
        return credentials.Qop is null || (credentials.NonceCount is not null && credentials.ClientNonce.Length > 0);
    }

    /// <summary>The header value a client sends.</summary>
    public string Write()
    {
        var text = new StringBuilder(256)
            .Append("Digest username=\"").Append(User)
            .Append("\", realm=\"").Append(Realm)
            .Append("\", nonce=\"").Append(Nonce)
            .Append("\", uri=\"").Append(Uri)
            .Append("\", response=\"").Append(Response).Append('"');
        if (Algorithm is not null)
            text.Append(", algorithm=").Append(Algorithm);
        if (Qop is not null)
            text.Append(", qop=").Append(Qop).Append(", nc=").Append(NonceCountText).Append(", cnonce=\"").Append(ClientNonce).Append('"');
        if (Opaque is not null)
            text.Append(", opaque=\"").Append(Opaque).Append('"');
        return text.ToString();
    }

    private static string? Optional(SipAuthorization fields, ReadOnlySpan<byte> name) =>
        fields.TryGet(name, out var value) ? SipText.Decode(value) : null;
}

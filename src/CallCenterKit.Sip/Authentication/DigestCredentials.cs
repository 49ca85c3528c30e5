using System.Globalization;
using System.Text;

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

    /// <summary>False when a field is missing or the header is not digest at all.</summary>
    public static bool TryParse(ReadOnlySpan<byte> header, out DigestCredentials credentials)
    {
        credentials = new();
        if (!DigestFieldReader.TryOpen(header, out var reader))
            return false;
        string? user = null, realm = null, nonce = null, uri = null, response = null;
        string? qop = null, count = null, clientNonce = null, algorithm = null, opaque = null;
        while (reader.Read())
        {
            if (reader.NameIs("username"u8)) user = reader.ValueText();
            else if (reader.NameIs("realm"u8)) realm = reader.ValueText();
            else if (reader.NameIs("nonce"u8)) nonce = reader.ValueText();
            else if (reader.NameIs("uri"u8)) uri = reader.ValueText();
            else if (reader.NameIs("response"u8)) response = reader.ValueText();
            else if (reader.NameIs("qop"u8)) qop = reader.ValueText();
            else if (reader.NameIs("nc"u8)) count = reader.ValueText();
            else if (reader.NameIs("cnonce"u8)) clientNonce = reader.ValueText();
            else if (reader.NameIs("algorithm"u8)) algorithm = reader.ValueText();
            else if (reader.NameIs("opaque"u8)) opaque = reader.ValueText();
        }
        if (reader.IsMalformed || user is null || realm is null || nonce is null || uri is null || response is null)
            return false;
        credentials = new()
        {
            User = user,
            Realm = realm,
            Nonce = nonce,
            Uri = uri,
            Response = response,
            Qop = qop,
            NonceCountText = count ?? "",
            ClientNonce = clientNonce ?? "",
            Algorithm = algorithm,
            Opaque = opaque,
        };
        return qop is null || (credentials.NonceCount is not null && credentials.ClientNonce.Length > 0);
    }

    /// <summary>The header value a client sends.</summary>
    public string Write()
    {
        var text = new StringBuilder(256).Append("Digest username=");
        Quote(text, User);
        Quote(text.Append(", realm="), Realm);
        Quote(text.Append(", nonce="), Nonce);
        Quote(text.Append(", uri="), Uri);
        text.Append(", response=\"").Append(Response).Append('"');
        if (Algorithm is not null)
            text.Append(", algorithm=").Append(Algorithm);
        if (Qop is not null)
            Quote(text.Append(", qop=").Append(Qop).Append(", nc=").Append(NonceCountText).Append(", cnonce="), ClientNonce);
        if (Opaque is not null)
            Quote(text.Append(", opaque="), Opaque);
        return text.ToString();
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c);
        }
        text.Append('"');
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Testing;

/// <summary>Answers a digest challenge (RFC 2617, RFC 8760): MD5 or SHA-256, with or without qop=auth.</summary>
internal static class DigestAnswer
{
    /// <summary>The value of Authorization or Proxy-Authorization; null when the challenge is of no known kind.</summary>
    public static string? To(string challenge, DigestRequest request)
    {
        if (!challenge.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase))
            return null;
        var given = Parameters(challenge["Digest ".Length..]);
        var algorithm = given.GetValueOrDefault("algorithm", "MD5");
        var isSha256 = algorithm.Equals("SHA-256", StringComparison.OrdinalIgnoreCase);
        if (!isSha256 && !algorithm.Equals("MD5", StringComparison.OrdinalIgnoreCase))
            return null;

        string Hash(string text) => isSha256 ? Sha256(text) : Md5(text);
        var realm = given.GetValueOrDefault("realm", "");
        var nonce = given.GetValueOrDefault("nonce", "");
        var secret = Hash($"{request.User}:{realm}:{request.Password}");
        var action = Hash($"{request.Method}:{request.Uri}");
        var useQop = given.GetValueOrDefault("qop", "").Split(',').Any(qop => qop.Trim() == "auth");
        var response = useQop
            ? Hash($"{secret}:{nonce}:00000001:{request.ClientNonce}:auth:{action}")
            : Hash($"{secret}:{nonce}:{action}");

        var answer = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Digest username=\"{request.User}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{request.Uri}\", response=\"{response}\", algorithm={algorithm}");
        if (useQop)
            answer.Append(CultureInfo.InvariantCulture, $", qop=auth, nc=00000001, cnonce=\"{request.ClientNonce}\"");
        if (given.TryGetValue("opaque", out var opaque))
            answer.Append(CultureInfo.InvariantCulture, $", opaque=\"{opaque}\"");
        return answer.ToString();
    }

    public static Dictionary<string, string> Parameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var rest = text; rest.Contains('=', StringComparison.Ordinal);)
        {
            var equals = rest.IndexOf('=', StringComparison.Ordinal);
            var name = rest[..equals].Trim(' ', ',');
            var value = rest[(equals + 1)..].TrimStart();
            var end = value.StartsWith('"') ? value.IndexOf('"', 1) : value.IndexOf(',', StringComparison.Ordinal);
            end = end < 0 ? value.Length : end;
            parameters[name] = value[..end].Trim(' ', '"');
            rest = value[Math.Min(value.Length, end + 1)..];
        }

        return parameters;
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

#pragma warning disable CA5351 // MD5 is what RFC 2617 asks for and what phones still send.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}

/// <summary>What is to be authenticated, by whom.</summary>
internal readonly record struct DigestRequest(string User, string Password, string Method, string Uri, string ClientNonce);

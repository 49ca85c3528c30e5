using System.Security.Cryptography;

namespace CallCenterKit.Sip.Authentication;

/// <summary>Answers the challenge of a 401 or 407 for one outgoing request (RFC 3261 §22.2, §22.3).</summary>
internal static class DigestClient
{
    /// <summary>The value for Authorization (401) or Proxy-Authorization (407); null when the challenge cannot be answered.</summary>
    /// <param name="challenge">The value of WWW-Authenticate or Proxy-Authenticate.</param>
    /// <param name="method">The method of the request that was challenged.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="user">Who we are there.</param>
    /// <param name="password">Never logged.</param>
    public static string? Answer(ReadOnlySpan<byte> challenge, string method, string uri, string user, string password) =>
        Answer(challenge, method, uri, (user, password), NewClientNonce());

    internal static string? Answer(ReadOnlySpan<byte> challenge, string method, string uri, (string Name, string Password) user, string clientNonce) =>
        DigestChallenge.TryParse(challenge, out var parsed) ? parsed.Answer((method, uri), user, 1, clientNonce) : null;

    internal static string NewClientNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}

using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>Answers 401 and 407 to requests of ours (RFC 3261 §22.2, §22.3).</summary>
internal static class ClientChallenge
{
    /// <summary>The header that proves who we are.</summary>
    /// <param name="response">The 401 or 407.</param>
    /// <param name="method">Of the request that was challenged.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="credentials">Ours at that place.</param>
    /// <param name="header">Authorization or Proxy-Authorization.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False when there is no challenge we can answer.</returns>
    public static bool TryAnswer(SipMessage response, SipMethod method, string uri, SipCredentials credentials, out SipHeader header, out string value)
    {
        var (challenge, answer) = response.StatusCode == 407
            ? (SipHeader.ProxyAuthenticate, SipHeader.ProxyAuthorization)
            : (SipHeader.WwwAuthenticate, SipHeader.Authorization);
        header = answer;
        foreach (var line in response.Lines(challenge))
        {
            if (DigestClient.Answer(line, SipText.Decode(SipMethods.Name(method)), uri, credentials.User, credentials.Password) is { } found)
            {
                value = found;
                return true;
            }
        }
        value = "";
        return false;
    }

    public static bool Is(int status) => status is 401 or 407;

    /// <summary>Whether what we said was right but for a nonce that is too old (RFC 7616 §3.3).</summary>
    public static bool IsStale(SipMessage response)
    {
        foreach (var line in response.Lines(response.StatusCode == 407 ? SipHeader.ProxyAuthenticate : SipHeader.WwwAuthenticate))
        {
            if (SipAuthorization.TryParse(line, out var fields) && fields.TryGet("stale"u8, out var stale) && SipText.EqualsIgnoreCase(stale, "true"u8))
                return true;
        }
        return false;
    }
}

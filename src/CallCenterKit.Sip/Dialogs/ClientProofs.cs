using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>What one request of ours proves to those who challenge it: a proxy, the far end, or both (RFC 3261 §22.2, §22.3). Worker only.</summary>
/// <param name="credentials">Null has nothing to prove.</param>
internal sealed class ClientProofs(SipCredentials? credentials)
{
    private DigestSession? _session;
    private IReadOnlyList<(SipHeader Header, string Value)> _proofs = [];

    /// <summary>Whether the response is a challenge we can answer by the same request again.</summary>
    /// <param name="response">300 to 699.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <returns>False also when what we said before was wrong; that is not said twice.</returns>
    public bool TryAdd(SipMessage response, SipMethod method, string uri)
    {
        if (credentials is null || response.StatusCode is not (401 or 407))
            return false;
        _session ??= new(credentials.User, credentials.Password);
        if (!_session.TryTake(response))
            return false;
        _proofs = _session.Answers(SipText.Decode(SipMethods.Name(method)), uri);
        return true;
    }

    /// <summary>Into the request, and into the ACK of an INVITE (RFC 3261 §22.1).</summary>
    public void Write(SipMessageWriter request)
    {
        foreach (var (header, value) in _proofs)
            request.Header(header, value);
    }
}

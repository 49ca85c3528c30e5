using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>What one request of ours proves to those who challenge it: a proxy, the far end, or both (RFC 3261 §22.2, §22.3). Worker only.</summary>
/// <param name="credentials">Null has nothing to prove.</param>
internal sealed class ClientProofs(SipCredentials? credentials)
{
    private readonly List<(SipHeader Header, string Value)> _proofs = [];
    private bool _isRenewed;

    /// <summary>Whether the response is a challenge we can answer by the same request again.</summary>
    /// <param name="response">300 to 699.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <returns>False also when what we said before was wrong; that is not said twice.</returns>
    public bool TryAdd(SipMessage response, SipMethod method, string uri)
    {
        if (credentials is null || !ClientChallenge.Is(response.StatusCode)
            || !ClientChallenge.TryAnswer(response, method, uri, credentials, out var header, out var value))
            return false;
        var before = _proofs.FindIndex(proof => proof.Header == header);
        if (before >= 0)
        {
            if (_isRenewed || !ClientChallenge.IsStale(response))
                return false;
            _isRenewed = true;
            _proofs.RemoveAt(before);
        }
        _proofs.Add((header, value));
        return true;
    }

    /// <summary>Into the request, and into the ACK of an INVITE (RFC 3261 §22.1).</summary>
    public void Write(SipMessageWriter request)
    {
        foreach (var (header, value) in _proofs)
            request.Header(header, value);
    }
}

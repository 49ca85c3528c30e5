using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Authentication;

/// <summary>
/// Credentials towards one peer: the challenge that was answered last is answered in later requests too, before it is made
/// again, with a count that grows (RFC 3261 §22.4, RFC 7616 §3.4).
/// </summary>
/// <remarks>One thread at a time. For a single request, such as an INVITE, make one and throw it away.</remarks>
/// <param name="user">Who we are there.</param>
/// <param name="password">Never logged.</param>
internal sealed class DigestSession(string user, string password)
{
    private readonly Side _server = new(), _proxy = new();

    /// <summary>A new request begins; refused credentials may be tried again.</summary>
    public void Begin()
    {
        _server.IsFresh = _proxy.IsFresh = _server.IsRenewed = _proxy.IsRenewed = false;
    }

    /// <summary>Takes the challenge of a 401 or 407.</summary>
    /// <returns>False when repeating the request is of no use: the credentials have been refused, or the challenge cannot be answered.</returns>
    public bool TryTake(SipMessage response)
    {
        var side = response.StatusCode == 407 ? _proxy : _server;
        var best = Best(response, response.StatusCode == 407 ? SipHeader.ProxyAuthenticate : SipHeader.WwwAuthenticate);
        // A server and a proxy may ask one after the other, and each may find its nonce too old once.
        if (best is null || (side.IsFresh && (!best.IsStale || side.IsRenewed)))
            return false;
        side.IsRenewed = side.IsFresh;
        side.Challenge = best;
        side.Count = 0;
        side.IsFresh = true;
        return true;
    }

    /// <summary>Adds Authorization and Proxy-Authorization for what has been asked so far.</summary>
    public void Authorize(SipMessageWriter request, string method, string uri)
    {
        foreach (var (header, value) in Answers(method, uri))
            request.Header(header, value);
    }

    /// <summary>What has been asked so far, answered for one sending of a request.</summary>
    public IReadOnlyList<(SipHeader Header, string Value)> Answers(string method, string uri)
    {
        List<(SipHeader, string)> answers = [];
        Add(SipHeader.Authorization, _server);
        Add(SipHeader.ProxyAuthorization, _proxy);
        return answers;

        void Add(SipHeader header, Side side)
        {
            if (side.Challenge is { } challenge)
                answers.Add((header, challenge.Answer((method, uri), (user, password), ++side.Count, DigestClient.NewClientNonce())));
        }
    }

    // The strongest of those we know; servers list them in the order they want (RFC 8760 §2.4), but a client may choose.
    private static DigestChallenge? Best(SipMessage response, SipHeader header)
    {
        DigestChallenge? best = null;
        foreach (var line in response.Lines(header))
        {
            if (DigestChallenge.TryParse(line, out var challenge) && (best is null || (challenge.Algorithm == DigestAlgorithm.Sha256 && best.Algorithm != DigestAlgorithm.Sha256)))
                best = challenge;
        }
        return best;
    }

    private sealed class Side
    {
        public DigestChallenge? Challenge { get; set; }

        public uint Count { get; set; }

        /// <summary>Taken for the request that is on its way.</summary>
        public bool IsFresh { get; set; }

        /// <summary>It was too old, and another one was taken for the same request.</summary>
        public bool IsRenewed { get; set; }
    }
}

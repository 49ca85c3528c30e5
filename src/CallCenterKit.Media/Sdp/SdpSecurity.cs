using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Sdp;

/// <summary>The keys of one session, and what offer and answer come to under its policy (RFC 4568 §5.1, RFC 8643).</summary>
internal sealed class SdpSecurity
{
    private readonly SrtpPolicy _policy;
    private readonly SrtpSuite[] _suites;

    // Ours, offered or in use. One that was in use and is no more never comes back: its packets are numbered anew then, and
    // a key may not meet a number twice (RFC 3711 §9.1).
    private readonly Dictionary<SrtpSuite, SrtpKey> _keys = [];

    public SdpSecurity(SdpSessionOptions options)
    {
        _policy = options.Srtp;
        _suites = _policy == SrtpPolicy.Never ? [] : [.. options.SrtpSuites.Where(suite => suite.IsSupported()).Distinct()];
        if (_policy != SrtpPolicy.Never && _suites.Length == 0)
            throw new ArgumentException($"SRTP is {_policy}, but none of the suites [{string.Join(", ", options.SrtpSuites)}] can be used here.", nameof(options));
    }

    /// <summary>
    /// The transport of a first offer. RTP/AVP with keys is what a peer that does not encrypt can still answer; two streams,
    /// one of each transport, would be the pure way, but phones take the first and many answer both.
    /// </summary>
    public string FirstProtocol => _policy == SrtpPolicy.Required ? "RTP/SAVP" : "RTP/AVP";

    /// <summary>The lines of our offer.</summary>
    /// <param name="current">What is agreed, which an offer within the session does not change by itself.</param>
    public SdpCrypto[] Offer(NegotiatedMedia? current)
    {
        var encrypts = current is null ? _policy >= SrtpPolicy.Offered : current.Srtp is not null || _policy == SrtpPolicy.Required;
        if (!encrypts)
            return [];
        var inUse = current?.Srtp?.Suite;
        var lines = new SdpCrypto[_suites.Length];
        var tag = 0;
        foreach (var suite in _suites.OrderBy(suite => suite != inUse))
            lines[tag] = new SdpCrypto(++tag, KeyFor(suite));
        return lines;
    }

    /// <summary>Chooses among the lines of an offer: the one in use, or else the offerer's first that we take (RFC 4568 §5.1.2).</summary>
    /// <param name="offer">Of the stream.</param>
    /// <param name="current">What is agreed; null for a plain or a new stream.</param>
    /// <param name="line">For the answer; null where it is plain.</param>
    /// <param name="agreed">Null where it is plain.</param>
    public SdpOutcome Answer(MediaDescription offer, SrtpParameters? current, out SdpCrypto? line, out SrtpParameters? agreed)
    {
        (line, agreed) = (null, null);
        if (Choose(offer, current) is not { } chosen)
            return IsSecure(offer.Protocol) || _policy == SrtpPolicy.Required ? SdpOutcome.NoCommonSecurity : SdpOutcome.Accepted;
        var isKept = current is not null && chosen.Key.Equals(current.Remote);
        agreed = isKept ? current! : new SrtpParameters(current is null ? KeyFor(chosen.Suite) : SrtpKey.Draw(chosen.Suite), chosen.Key);
        line = new SdpCrypto(chosen.Tag, agreed.Local);
        return SdpOutcome.Accepted;
    }

    /// <summary>Reads the answer to our offer.</summary>
    /// <param name="offer">Our stream.</param>
    /// <param name="answer">Theirs.</param>
    /// <param name="current">What is agreed; null for a plain or a new stream.</param>
    /// <param name="agreed">Null where it is plain.</param>
    public SdpOutcome TakeAnswer(MediaDescription offer, MediaDescription answer, SrtpParameters? current, out SrtpParameters? agreed)
    {
        agreed = null;
        foreach (var line in answer.Crypto)
        {
            // By suite: each is offered once, and some phones answer with tag 1 whatever they took.
            if (Array.Find(offer.Crypto, own => own.Suite == line.Suite) is not { } own)
                continue;
            var isKept = current is not null && own.Key.Equals(current.Local) && line.Key.Equals(current.Remote);
            agreed = isKept ? current : new SrtpParameters(own.Key, line.Key);
            return SdpOutcome.Accepted;
        }

        // A peer that answers with a key we can't take will encrypt all the same.
        var mustEncrypt = _policy == SrtpPolicy.Required || IsSecure(offer.Protocol) || IsSecure(answer.Protocol)
            || (answer.HasCrypto && offer.Crypto.Length > 0);
        return mustEncrypt ? SdpOutcome.NoCommonSecurity : SdpOutcome.Accepted;
    }

    /// <summary>An exchange has ended well.</summary>
    public void Adopt(SrtpParameters? previous, SrtpParameters? agreed)
    {
        if (previous is not null && !previous.Local.Equals(agreed?.Local))
            _keys.Remove(previous.Suite);
        if (agreed is not null)
            _keys[agreed.Suite] = agreed.Local;
    }

    private static bool IsSecure(string protocol) => protocol is "RTP/SAVP" or "RTP/SAVPF";

    private SdpCrypto? Choose(MediaDescription offer, SrtpParameters? current)
    {
        if (_policy == SrtpPolicy.Never)
            return null;
        return Array.Find(offer.Crypto, line => line.Key.Equals(current?.Remote))
            ?? Array.Find(offer.Crypto, line => _suites.Contains(line.Suite));
    }

    private SrtpKey KeyFor(SrtpSuite suite)
    {
        if (!_keys.TryGetValue(suite, out var key))
            _keys[suite] = key = SrtpKey.Draw(suite);
        return key;
    }
}

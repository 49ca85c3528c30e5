using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>What every message of one outgoing INVITE has in common.</summary>
internal sealed record OutgoingInvite(string CallId, string LocalTag, uint CSeq)
{
    public required string RequestUri { get; init; }

    /// <summary>Without its tag.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    public required string Contact { get; init; }

    public required ISipTransport Transport { get; init; }

    public required IPEndPoint Destination { get; init; }

    /// <summary>The Request-URI's own address is not where the phone is.</summary>
    public bool BehindNat { get; init; }

    /// <summary>What we prove who we are with; null has nothing to prove.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>What this INVITE has besides.</summary>
    public IReadOnlyList<(SipHeader Header, string Value)> Headers { get; init; } = [];
}

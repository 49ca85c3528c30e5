using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Sessions;

/// <summary>One place to ring.</summary>
/// <param name="Uri">The Request-URI.</param>
/// <param name="Address">Where packets go.</param>
/// <param name="Transport">By which socket.</param>
/// <param name="BehindNat">The address in the URI is not where the phone is.</param>
internal sealed record DialContact(string Uri, IPEndPoint Address, ISipTransport Transport, bool BehindNat)
{
    /// <summary>Who is shown as calling, as From without its tag; null takes the caller of the request.</summary>
    public string? From { get; init; }

    /// <summary>Whom we call, as To without its tag; null takes the URI.</summary>
    public string? To { get; init; }

    /// <summary>Where we are reached from there; null takes where the transport is.</summary>
    public string? Contact { get; init; }

    /// <summary>Headers of this place alone.</summary>
    public IReadOnlyList<(SipHeader Header, string Value)> Headers { get; init; } = [];

    /// <summary>What we prove who we are with when the INVITE is challenged; null has nothing to prove.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>Whether audio is encrypted there; null: as everywhere.</summary>
    public SrtpPolicy? Srtp { get; init; }

    /// <summary>What may be offered there, in order of preference; null offers all.</summary>
    public IReadOnlyList<AudioCodec>? Codecs { get; init; }
}

/// <summary>Places that are rung at once, before the next ones are tried.</summary>
/// <param name="Contacts">At least one.</param>
internal sealed record DialStage(IReadOnlyList<DialContact> Contacts)
{
    /// <summary>Whether the next stage is tried after this status; a 6xx always ends the search (RFC 3261 §16.7 step 5).</summary>
    public Func<int, bool> FailsOver { get; init; } = static _ => true;

    /// <summary>How long it may stay without any response before the next stage is tried; null waits for the transaction.</summary>
    public TimeSpan? Patience { get; init; }
}

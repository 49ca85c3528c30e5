using System.Collections.Concurrent;
using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>The audio of one leg: what was negotiated for it, and what is done on it.</summary>
/// <remarks>Offer and answer on the worker only; <see cref="PlayAsync"/> on any thread.</remarks>
internal sealed class LegMedia : IMediaLegSink, IDisposable
{
    private readonly IRunningWork _work;
    private readonly ILegMediaOwner _owner;
    private readonly TonePlan _tones;
    private readonly ConcurrentDictionary<PlaybackSession, Operation<PlaybackEnd>> _plays = new(concurrencyLevel: 1, capacity: 1); // few at a time, and every leg has one
    private SdpSession? _sdp;

    public LegMedia(SipServices services, ILegMediaOwner owner)
    {
        _work = services.Work;
        _owner = owner;
        _tones = services.Tones;
        Leg = services.Media.CreateLeg(this);
    }

    public MediaLeg Leg { get; }

    /// <summary>The far end does not want to hear us.</summary>
    public bool IsHeldByRemote => _sdp?.Current?.HeldByRemote ?? false;

    /// <summary>We told the far end to be quiet.</summary>
    public bool IsHeldByUs => _sdp is { } sdp && !sdp.Direction.CanReceive();

    /// <summary>The format we would answer an offer with, without taking a port; null: it has no audio for us.</summary>
    public static AudioCodec? FormatFor(SessionDescription offer, IReadOnlyList<AudioCodec> codecs, IPAddress local, SdpSessionOptions options)
    {
        var session = new SdpSession(new(local, 9), codecs, 1, options);
        return session.AcceptOffer(offer, out _) == SdpOutcome.Accepted ? session.Current!.Codec : null;
    }

    /// <summary>Takes the port, and begins a session in which nothing is said yet.</summary>
    /// <exception cref="MediaPortsExhaustedException">There is none.</exception>
    /// <remarks>Again for another far end: it may know us by another address, and be offered other codecs and keys. The port stays.</remarks>
    public void Open(IPAddress advertise, IReadOnlyList<AudioCodec> codecs, ulong sessionId, SdpSessionOptions options) =>
        _sdp = new(Leg.Open(advertise), codecs, sessionId, options);

    /// <summary>From now on the other side is one that knows us by this address.</summary>
    public void AdvertiseAs(IPAddress advertise) => Sdp.LocalRtp = Leg.Open(advertise);

    public byte[] Offer(MediaDirection direction) => Sdp.CreateOffer(direction).ToArray();

    /// <summary>Answers an offer; null, and nothing changes, when it cannot be taken.</summary>
    public byte[]? Answer(SessionDescription offer)
    {
        if (Sdp.AcceptOffer(offer, out var answer) != SdpOutcome.Accepted)
            return null;
        Leg.Apply(Sdp.Current!);
        return answer!.ToArray();
    }

    /// <summary>Takes the answer to our offer; false when there is nothing in common.</summary>
    /// <param name="body">SDP.</param>
    /// <param name="isFinal">Nothing else can come; otherwise a failure leaves the offer open.</param>
    /// <param name="isOther">It comes from another party than the one before: what was agreed with that one does not close the offer.</param>
    public bool TakeAnswer(ReadOnlySpan<byte> body, bool isFinal = true, bool isOther = false)
    {
        if (SessionDescription.TryParse(body, out var answer) != SdpError.None || Accept(answer!, isOther) != SdpOutcome.Accepted)
        {
            if (isFinal)
                Sdp.WithdrawOffer();
            return false;
        }
        Leg.Apply(Sdp.Current!);
        return true;
    }

    public void WithdrawOffer() => Sdp.WithdrawOffer();

    /// <summary>Plays until it is over; see <see cref="ICall.PlayAsync"/>.</summary>
    public async ValueTask<PlaybackEnd> PlayAsync(PlayRequest request, CancellationToken cancellationToken)
    {
        var session = Leg.Play(new([.. request.Sources.Select(Item)], request.Loop, request.ResumeKey));
        var operation = Pending(session);
        // The leg may have closed before it knew of the session; then nobody would end it.
        if (Leg.State == MediaLegState.Closed)
            operation.Complete(new(PlaybackOutcome.LegClosed, TimeSpan.Zero));
        using var registration = cancellationToken.UnsafeRegister(static state => ((PlaybackSession)state!).Stop(), session);
        try
        {
            return await operation.Task.ConfigureAwait(false);
        }
        finally
        {
            _plays.TryRemove(session, out _);
        }
    }

    /// <summary>Ends when the party was silent, or spoke, for that long; false when the leg is over or the token was cancelled.</summary>
    public async ValueTask<bool> WaitForAsync(VoiceActivity activity, TimeSpan length, CancellationToken cancellationToken)
    {
        var operation = new Operation<bool>(_work);
        var watch = Leg.Watch(activity == VoiceActivity.Speech, length, operation.Complete);
        if (Leg.State == MediaLegState.Closed)
            operation.Complete(false);
        using var registration = cancellationToken.UnsafeRegister(static state => ((ActivityWatch)state!).Dispose(), watch);
        return await operation.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        Leg.Dispose();
        foreach (var play in _plays.Values)
            play.Complete(new(PlaybackOutcome.LegClosed, TimeSpan.Zero));
    }

    void IMediaLegSink.OnDigit(char digit, TimeSpan duration) => _owner.OnDigit(digit);

    void IMediaLegSink.OnPlaybackEnded(PlaybackSession playback, PlaybackEnd end) => Pending(playback).Complete(end);

    void IMediaLegSink.OnMediaTimeout(TimeSpan silentFor) => _owner.OnMediaTimeout();

    void IMediaLegSink.OnQualityChanged(MediaLegQuality quality) =>
        _owner.OnQuality(new(quality.IsPoor, quality.Mos, quality.Loss, quality.Jitter, quality.RoundTrip));

    private SdpOutcome Accept(SessionDescription answer, bool isOther)
    {
        var outcome = Sdp.AcceptAnswer(answer);
        if (!isOther || outcome != SdpOutcome.NoOffer)
            return outcome;
        Sdp.CreateOffer(MediaDirection.SendReceive);
        return Sdp.AcceptAnswer(answer);
    }

    private SdpSession Sdp => _sdp ?? throw new InvalidOperationException("The leg has no port yet.");

    // Whichever comes first, the caller of Play or the end of what it began, makes the entry.
    private Operation<PlaybackEnd> Pending(PlaybackSession session) =>
        _plays.GetOrAdd(session, static (_, work) => new(work), _work);

    private PlayItem Item(PlaySource source) => source switch
    {
        PlaySource.File file => new PlayItem.File(file.Path),
        PlaySource.Silence silence => new PlayItem.Silence(silence.Duration),
        PlaySource.Tone tone => new PlayItem.Tone(Pattern(tone.Kind)),
        PlaySource.Pcm pcm => new PlayItem.Pcm(pcm.Source),
        PlaySource.Stream stream => new PlayItem.Stream(stream.Source),
        PlaySource.Generator generator => new PlayItem.Generator(generator.Fill),
        _ => throw new NotSupportedException($"The SIP driver cannot play {source.GetType().Name}."),
    };

    private TonePattern Pattern(ToneKind kind) => kind switch
    {
        ToneKind.Ringback => _tones.Ringback,
        ToneKind.Busy => _tones.Busy,
        ToneKind.Reorder => _tones.Reorder,
        ToneKind.Beep => TonePattern.Beep,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a tone of ToneKind."),
    };
}

/// <summary>Told what the media thread found; only hands over.</summary>
internal interface ILegMediaOwner
{
    void OnDigit(char digit);

    void OnMediaTimeout();

    void OnQuality(CallQuality quality);
}

using System.IO.Pipelines;
using System.Net;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Sdp;

namespace CallCenterKit.Media.Engine;

/// <summary>The audio of one call leg: a port, a stream each way, and what feeds it.</summary>
/// <remarks>
/// Any thread: members post a message to the leg's media thread and return at once, and messages of one thread keep their
/// order. On a closed leg they do nothing.
/// </remarks>
public sealed class MediaLeg : IAsyncDisposable, IDisposable
{
    private readonly MediaEngine _engine;
    private readonly Lock _gate = new();
    private IPEndPoint? _advertised;
    private int _state;
    private long _plays;

    internal MediaLeg(MediaEngine engine, IMediaLegSink sink, MediaThread thread, RtpSenderStart start)
    {
        _engine = engine;
        Stream = new LegStream(engine, this, sink, thread, start);
    }

    /// <summary>Where the leg stands.</summary>
    public MediaLegState State => (MediaLegState)Volatile.Read(ref _state);

    /// <summary>Where the remote side shall send RTP: what goes into SDP. Null until <see cref="Open"/>.</summary>
    public IPEndPoint? LocalRtp => Volatile.Read(ref _advertised);

    /// <summary>What was applied last; null until then.</summary>
    public NegotiatedMedia? Negotiated { get; private set; }

    /// <summary>Samples per second of <see cref="Listen"/> and <see cref="Speak"/>: those of the negotiated codec, 8,000 until then.</summary>
    public int AudioRateHz => Negotiated?.Codec.SampleRateHz ?? 8000;

    /// <summary>What the leg's audio came to so far.</summary>
    public MediaLegStatistics Statistics => Stream.ReadStatistics();

    internal MediaEngine Engine => _engine;

    internal LegStream Stream { get; }

    /// <summary>How many plays were asked for so far; later ones take the place of earlier ones, whatever their files take to load.</summary>
    internal long Plays => Interlocked.Read(ref _plays);

    /// <summary>Takes a pair of ports and starts to receive; call it when the first SDP of the leg is about to be sent. Again: the same port.</summary>
    /// <param name="advertise">The address for SDP where <see cref="MediaOptions.AdvertisedAddress"/> is not set and the bind
    /// address is the any-address, such as the local address the signalling used; null lets the system's default route tell.</param>
    /// <returns>Address and even port to put into SDP.</returns>
    /// <exception cref="MediaPortsExhaustedException">All ports of the range are taken.</exception>
    /// <exception cref="ObjectDisposedException">The leg is closed.</exception>
    public IPEndPoint Open(IPAddress? advertise = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(State == MediaLegState.Closed, this);
            if (_advertised is { Port: var port })
                return _advertised = new IPEndPoint(_engine.AddressFor(advertise), port);
            var pair = _engine.Ports.Open();
            _advertised = new IPEndPoint(_engine.AddressFor(advertise), pair.Rtp.LocalEndPoint.Port);
            Interlocked.CompareExchange(ref _state, (int)MediaLegState.Open, (int)MediaLegState.Created);
            Stream.Post(stream => stream.Open(pair));
            return _advertised;
        }
    }

    /// <summary>Lets audio flow as offer and answer agreed, now and after each later agreement.</summary>
    /// <param name="media">What SDP came to; a new remote address is latched anew.</param>
    /// <exception cref="InvalidOperationException">The leg was not opened.</exception>
    public void Apply(NegotiatedMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        lock (_gate)
        {
            if (State == MediaLegState.Closed)
                return;
            if (_advertised is null)
                throw new InvalidOperationException("Open the leg before applying what was negotiated for it.");
            Negotiated = media;
            Interlocked.CompareExchange(ref _state, (int)MediaLegState.Established, (int)MediaLegState.Open);
            Stream.Post(stream => stream.Apply(media));
        }
    }

    /// <summary>Plays to the party; what was playing before stops. Files are read elsewhere, then the first frame follows within 20 ms.</summary>
    /// <param name="list">What to play.</param>
    /// <returns>To stop it, and to learn how it ended.</returns>
    public PlaybackSession Play(PlayList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var session = new PlaybackSession(this, list, Interlocked.Increment(ref _plays));
        _engine.Prompts.Load(list, result => Stream.Post(stream => stream.StartPlayback(session, result)));
        return session;
    }

    /// <summary>Stops what is playing within one 20 ms frame.</summary>
    public void StopPlayback()
    {
        var plays = Plays;
        Stream.Post(stream => stream.StopPlaybacks(plays));
    }

    /// <summary>Sends key presses as telephone events, one after another (RFC 4733). Audio pauses meanwhile.</summary>
    /// <param name="digits">Any of 0-9, *, # and A-D.</param>
    /// <param name="tone">40 ms to 5 s each, rounded up to whole 20 ms packets.</param>
    /// <param name="cancellationToken">Stops after the digit being sent.</param>
    /// <returns>False if they could not be sent: the remote side takes no telephone events, or the leg was closed.</returns>
    /// <exception cref="ArgumentException">A character is no key, or the tone is out of range.</exception>
    public async Task<bool> SendDigitsAsync(string digits, TimeSpan tone, CancellationToken cancellationToken = default)
    {
        var run = DigitRun.Create(digits, tone);
        Stream.Post(stream => stream.SendDigits(run));
        var cancellation = cancellationToken.UnsafeRegister(_ => Stream.Post(stream => stream.CancelDigits(run)), null);
        await using (cancellation.ConfigureAwait(false))
        {
            var sent = await run.Sent.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return sent;
        }
    }

    /// <summary>What the party says from now on: 16-bit little-endian mono PCM at <see cref="AudioRateHz"/>; lost packets are concealed, long holes silent.</summary>
    /// <returns>Completed with the leg, or when called again. Holds 2 s; a reader slower than that loses frames, which
    /// <see cref="MediaLegStatistics.ListenFramesDropped"/> counts.</returns>
    public PipeReader Listen()
    {
        var listener = new Listener(AudioRateHz);
        Stream.Post(stream => stream.Listen(listener));
        return listener.Reader;
    }

    /// <summary>Speaks to the party: takes 16-bit little-endian mono PCM at <see cref="AudioRateHz"/> until completed.</summary>
    /// <returns>Flushing waits while more than 1 s is queued. It counts as a <see cref="Play"/>: each ends the other.</returns>
    public PipeWriter Speak()
    {
        var pipe = PcmPipe.Create(AudioRateHz);
        Play(new PlayList([new PlayItem.Pcm(pipe.Reader)]));
        return pipe.Writer;
    }

    /// <summary>Waits until the party has been silent, or has spoken, for a while without a break, counted from now.</summary>
    /// <param name="speech">True for speech, false for silence.</param>
    /// <param name="length">20 ms to 1 hour, rounded up to whole 20 ms.</param>
    /// <param name="whenOver">Called once, on the media thread: true when it was heard, false when the watch was disposed or the leg closed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    /// <remarks>What comes is decoded for this only while somebody waits. Sounds under 60 ms do not break a silence, pauses up to 200 ms do not break speech.</remarks>
    public ActivityWatch Watch(bool speech, TimeSpan length, Action<bool> whenOver)
    {
        ArgumentNullException.ThrowIfNull(whenOver);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, TimeSpan.FromHours(1));
        var watch = new ActivityWatch(this, speech, length, whenOver);
        Stream.Post(stream => stream.Watch(watch));
        return watch;
    }

    /// <summary>Ends the audio: leaves its bridge, ends its recordings, says BYE by RTCP and gives the ports back. Does not wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (State == MediaLegState.Closed)
                return;
            Volatile.Write(ref _state, (int)MediaLegState.Closed);
            Stream.Post(static stream => stream.Close());
        }
    }

    /// <summary>As <see cref="Dispose"/>, and returns when the ports are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Stream.Closed.ConfigureAwait(false);
    }
}

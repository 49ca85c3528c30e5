using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Recording;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Media.Engine;

/// <summary>Carries the audio of all calls on a few media threads, with one clock for all 20 ms frames.</summary>
/// <remarks>Any thread, but for <see cref="RunOnce"/>. Closing the engine closes its legs and finishes its recordings.</remarks>
public sealed class MediaEngine : IDisposable
{
    private readonly MediaOptions _options;
    private readonly MediaClock _clock;
    private readonly MediaThread[] _threads;
    private readonly Recorder _recorder;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private readonly HashSet<MediaLeg> _legs = [];
    private readonly Lazy<IPAddress> _routeAddress;
    private bool _disposed;

    /// <summary>Starts the media threads.</summary>
    /// <param name="options">Copied by nobody: do not change them afterwards.</param>
    /// <param name="time">Its timestamps drive the frame clock.</param>
    /// <param name="logger">Told of faults, never of packets.</param>
    /// <param name="transports">Opens ports; null means UDP.</param>
    /// <param name="alarm">Told of failing recordings.</param>
    /// <exception cref="OptionsValidationException">An option cannot work; the message names it and its value.</exception>
    public MediaEngine(
        MediaOptions options,
        TimeProvider time,
        ILogger<MediaEngine> logger,
        IRtpTransportFactory? transports = null,
        IRecordingAlarm? alarm = null)
        : this(options, time, logger, transports, alarm, null)
    {
    }

    internal MediaEngine(
        MediaOptions options,
        TimeProvider time,
        ILogger<MediaEngine> logger,
        IRtpTransportFactory? transports,
        IRecordingAlarm? alarm,
        RecorderParts? recorder)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        if (new MediaOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(MediaOptions), typeof(MediaOptions), result.Failures);

        _options = options;
        Logger = logger;
        _clock = new MediaClock(time, stepped: options.Threads == 0);
        _random = options.Seed is { } seed ? new Random(seed) : new Random();
        _routeAddress = new Lazy<IPAddress>(FindRouteAddress);
        var epoll = options.Threads > 0 && PollerFactory.UsesEpoll(options.Poller);
        Ports = new PortPool(options, transports ?? new UdpRtpTransportFactory(epoll, options.Dscp, logger), logger);
        Prompts = new PromptCache(options.PromptCacheBytes, loadInline: options.Threads == 0);
        recorder ??= new RecorderParts(new SystemDisk(), OwnThreads: options.Threads > 0);
        _recorder = new Recorder(options, _clock, new RecordingAlarms(logger, alarm), recorder);
        _threads = MakeThreads(epoll);
        Start(epoll);
    }

    /// <summary>RTP ports that no leg holds.</summary>
    public int FreePorts => Ports.Free;

    /// <summary>How often a leg asked for a port and none was free. The first of a row is logged as an error too.</summary>
    public long PortRefusals => Ports.Refusals;

    /// <summary>Legs that are not closed.</summary>
    public int Legs
    {
        get
        {
            lock (_gate)
                return _legs.Count;
        }
    }

    /// <summary>When <see cref="RunOnce"/> has to be called next: now if messages wait, the next frame while a leg needs one,
    /// null if there is nothing to do until packets or messages come.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            long? due = null;
            foreach (var thread in _threads)
            {
                if (thread.NextDue is { } own && (due is null || own < due))
                    due = own;
            }

            return due is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }
    }

    internal MediaOptions Options => _options;

    internal ILogger Logger { get; }

    internal PortPool Ports { get; }

    internal PromptCache Prompts { get; }

    internal long Now => _clock.Now;

    /// <summary>Makes a leg without a port.</summary>
    /// <param name="sink">Told of digits and ends.</param>
    public MediaLeg CreateLeg(IMediaLegSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var thread = LeastLoaded();
            thread.ExpectLeg();
            var leg = new MediaLeg(this, sink, thread, DrawStart());
            _legs.Add(leg);
            return leg;
        }
    }

    /// <summary>Makes an empty bridge.</summary>
    public AudioBridge CreateBridge() => new(this);

    /// <summary>Reads prompts and music into memory before the first call needs them.</summary>
    /// <param name="path">A mono WAV file: PCM16, A-law or µ-law.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public void Preload(string path) => Prompts.Get(path);

    /// <summary>
    /// Records a leg from now on: left what its party says, right what it is sent, or both in one. Ends with the leg. Never waits for
    /// the disk: where the file can't be made, <see cref="RecordingSession.Completed"/> says so.
    /// </summary>
    /// <param name="leg">One of this engine.</param>
    /// <param name="options">Where to and how.</param>
    /// <exception cref="IOException">Only with <see cref="MediaOptions.Threads"/> 0, where the caller's thread does everything: the file
    /// cannot be made; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">Only with <see cref="MediaOptions.Threads"/> 0: the file may not be made.</exception>
    public RecordingSession Record(MediaLeg leg, RecordingOptions options)
    {
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(options);
        return _recorder.Begin(leg, options);
    }

    /// <summary>Does what is due: messages, packets, frames. Only with <see cref="MediaOptions.Threads"/> 0, one caller at a time.</summary>
    /// <param name="now">Never earlier than before.</param>
    /// <exception cref="InvalidOperationException">The engine runs its own threads.</exception>
    public void RunOnce(DateTimeOffset now)
    {
        if (_options.Threads != 0)
            throw new InvalidOperationException($"MediaOptions.Threads is {_options.Threads}; only an engine with 0 is stepped.");
        _clock.Set(now);
        _threads[0].Step(_clock.Now);
        _recorder.Step();
    }

    /// <summary>Closes all legs, finishes all recordings and ends the threads.</summary>
    public void Dispose()
    {
        MediaLeg[] legs;
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            legs = [.. _legs];
        }

        foreach (var leg in legs)
            leg.Dispose();
        foreach (var thread in _threads)
            thread.Stop();
        foreach (var leg in legs)
            Finish(leg.Stream);
        foreach (var thread in _threads)
            thread.Dispose();
        _recorder.Dispose();
    }

    // Each round carries out what is left, or moves the leg to the thread of a bridge it still had to join.
    private static void Finish(LegStream leg)
    {
        const int MostMoves = 64;
        for (var moves = 0; moves < MostMoves && !leg.Closed.IsCompleted; moves++)
            leg.Thread.Finish(leg);
    }

    internal void OnClosed(MediaLeg leg)
    {
        lock (_gate)
            _legs.Remove(leg);
    }

    internal IPAddress AddressFor(IPAddress? hint)
    {
        if (_options.Advertised is { } advertised)
            return advertised;
        var any = _options.Bind.Equals(IPAddress.Any) || _options.Bind.Equals(IPAddress.IPv6Any);
        if (!any)
            return _options.Bind;
        var isReachable = hint is not null && (hint.AddressFamily == AddressFamily.InterNetwork || _options.Bind.Equals(IPAddress.IPv6Any));
        return isReachable ? hint! : _routeAddress.Value;
    }

    private MediaThread[] MakeThreads(bool epoll)
    {
        if (_options.Threads == 0)
            return [new MediaThread(0, _clock, new SteppedPoller(), _options.Bind.AddressFamily)];
        var threads = new MediaThread[_options.Threads];
        for (var i = 0; i < threads.Length; i++)
            threads[i] = new MediaThread(i, _clock, PollerFactory.Create(epoll), _options.Bind.AddressFamily);
        return threads;
    }

    private void Start(bool epoll)
    {
        if (_options.Threads == 0)
            return;
        MediaLog.Started(Logger, _threads.Length, epoll ? MediaPoller.Epoll : MediaPoller.Portable);
        foreach (var thread in _threads)
            thread.Start();
        _recorder.Start();
    }

    private MediaThread LeastLoaded()
    {
        var least = _threads[0];
        foreach (var thread in _threads)
        {
            if (thread.Load < least.Load)
                least = thread;
        }

        return least;
    }

    private RtpSenderStart DrawStart()
    {
        Span<byte> bytes = stackalloc byte[10];
        if (_options.Seed is null)
            System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        else
            _random.NextBytes(bytes);
        // The lower half only: a receiver that misses the first packets of an encrypted stream can't tell a wrap it did not see (RFC 4568 §6.4).
        const int HighestFirstSequence = 0x7FFF;
        var sequence = (ushort)(BitConverter.ToUInt16(bytes[4..]) & HighestFirstSequence);
        return new RtpSenderStart(BitConverter.ToUInt32(bytes), sequence, BitConverter.ToUInt32(bytes[6..]));
    }

    // Connecting a UDP socket sends nothing; it only asks the system which of its addresses the route would use.
    private IPAddress FindRouteAddress()
    {
        var v6 = _options.Bind.AddressFamily == AddressFamily.InterNetworkV6;
        using var socket = new Socket(_options.Bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(v6 ? IPAddress.Parse("2001:db8::1") : IPAddress.Parse("192.0.2.1"), 9);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return v6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        }
    }
}

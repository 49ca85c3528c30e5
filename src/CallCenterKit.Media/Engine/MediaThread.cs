using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Engine;

/// <summary>Carries some of the legs: takes messages, packets, and every 20 ms the frames of all its legs in one batch.</summary>
/// <remarks>All but <see cref="Notify"/>, <see cref="ExpectLeg"/> and <see cref="Load"/> on the thread itself.</remarks>
internal sealed class MediaThread : IDisposable
{
    public const long FrameTicks = 20 * TimeSpan.TicksPerMillisecond;
    public static readonly TimeSpan Frame = TimeSpan.FromTicks(FrameTicks);

    private const int FramesPerSecond = 50;
    private const int MostFramesBehind = 10;

    private readonly MediaClock _clock;
    private readonly IPacketPoller _poller;
    private readonly Thread? _thread;
    private readonly ConcurrentQueue<LegStream> _notified = new();
    private readonly List<LegStream> _ticking = [];
    private readonly List<BridgeCore> _mixing = [];

    // Once a second each leg is looked after, a fiftieth of them with each frame.
    private readonly List<LegStream>[] _wheel = new List<LegStream>[FramesPerSecond];
    private int _nextBucket;
    private int _attached;
    private int _load;
    private int _wakePending;
    private long _nextFrame;
    private long _nextFullPass;
    private long _frameNumber;
    private volatile bool _stopping;

    public MediaThread(int number, MediaClock clock, IPacketPoller poller, AddressFamily family)
    {
        _clock = clock;
        _poller = poller;
        From = new SocketAddress(family);
        _nextFrame = clock.Now + FrameTicks;
        for (var i = 0; i < _wheel.Length; i++)
            _wheel[i] = [];
        if (poller is not SteppedPoller)
            _thread = new Thread(Run) { Name = $"media-{number}", IsBackground = true };
    }

    /// <summary>Legs it carries or will carry.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>The datagram being taken.</summary>
    public byte[] Received { get; } = new byte[2048];

    /// <summary>The datagram being made.</summary>
    public byte[] Outgoing { get; } = new byte[2048];

    /// <summary>The datagram being made for an encrypted leg.</summary>
    public byte[] Protected { get; } = new byte[2048 + SrtpCipher.MaxGrowth];

    /// <summary>Where the datagram being taken came from.</summary>
    public SocketAddress From { get; }

    public MixerScratch Scratch { get; } = new();

    public long? NextDue
    {
        get
        {
            if (!_notified.IsEmpty)
                return _clock.Now;
            if (_attached == 0)
                return null;
            var framesNeeded = _ticking.Count > 0 || _mixing.Count > 0;
            return framesNeeded ? _nextFrame : _nextFrame + ((FramesPerSecond - 1) * FrameTicks);
        }
    }

    public void Start() => _thread?.Start();

    /// <summary>Tells the thread that a leg has messages. Any thread.</summary>
    public void Notify(LegStream leg)
    {
        _notified.Enqueue(leg);
        if (Interlocked.Exchange(ref _wakePending, 1) == 0)
            _poller.Wake();
    }

    public void ExpectLeg() => Interlocked.Increment(ref _load);

    public void Attach(LegStream leg)
    {
        if (_attached++ == 0)
            _nextFrame = Math.Max(_nextFrame, _clock.Now + FrameTicks);
        leg.WheelBucket = _nextBucket++ % FramesPerSecond;
        _wheel[leg.WheelBucket].Add(leg);
        if (leg.Transports is not null)
            _poller.Add(leg);
    }

    public void Watch(LegStream leg) => _poller.Add(leg);

    public void SetUrgent(LegStream leg) => _poller.SetUrgent(leg);

    public void Detach(LegStream leg)
    {
        _attached--;
        Interlocked.Decrement(ref _load);
        _wheel[leg.WheelBucket].Remove(leg);
        SetTicking(leg, needed: false);
        if (leg.Transports is not null)
            _poller.Remove(leg);
    }

    public void SetTicking(LegStream leg, bool needed)
    {
        if (needed == leg.TickIndex >= 0)
            return;
        if (needed)
        {
            leg.TickIndex = _ticking.Count;
            _ticking.Add(leg);
            return;
        }

        var last = _ticking[^1];
        _ticking[leg.TickIndex] = last;
        last.TickIndex = leg.TickIndex;
        _ticking.RemoveAt(_ticking.Count - 1);
        leg.TickIndex = -1;
    }

    public void SetMixing(BridgeCore bridge, bool needed)
    {
        if (!needed)
            _mixing.Remove(bridge);
        else if (!_mixing.Contains(bridge))
            _mixing.Add(bridge);
    }

    /// <summary>One pass: messages, then packets, then the frames that are due.</summary>
    public void Step(long now)
    {
        TakeMessages();
        var all = now >= _nextFullPass;
        _poller.Dispatch(now, all);
        RunFrames(now);
        if (all)
            _nextFullPass = _nextFrame - now > FrameTicks / 2 ? _nextFrame - (FrameTicks / 2) : _nextFrame;
        TakeMessages();
    }

    /// <summary>Ends the thread. Any other thread.</summary>
    public void Stop()
    {
        _stopping = true;
        if (_thread is null)
            return;
        _poller.Wake();
        _thread.Join();
    }

    /// <summary>Carries out what is left for a leg once all threads have ended: one may have moved here when nobody was there any more.</summary>
    public void Finish(LegStream leg) => leg.TakeMessages(this);

    public void Dispose() => _poller.Dispose();

    private void Run()
    {
        ThreadPriorities.TryRaise();
        while (!_stopping)
        {
            _poller.Wait(MillisecondsToNextPass());
            Step(_clock.Now);
        }

        TakeMessages();
    }

    private int MillisecondsToNextPass()
    {
        if (_attached == 0)
            return -1;
        var ticks = Math.Min(_nextFrame, _nextFullPass) - _clock.Now;
        return ticks <= 0 ? 0 : (int)((ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
    }

    private void TakeMessages()
    {
        Volatile.Write(ref _wakePending, 0);
        Interlocked.MemoryBarrier(); // what is posted from now on wakes us again
        while (_notified.TryDequeue(out var leg))
            leg.TakeMessages(this);
    }

    private void RunFrames(long now)
    {
        if (_attached == 0)
        {
            _nextFrame = Math.Max(_nextFrame, now + FrameTicks);
            return;
        }

        // A thread that was held up sends what it owes, unless that would be a flood; then the streams jump ahead.
        if (_thread is not null && now - _nextFrame > MostFramesBehind * FrameTicks)
            _nextFrame += (now - _nextFrame) / FrameTicks * FrameTicks;
        for (; _nextFrame <= now; _nextFrame += FrameTicks)
            RunFrame(_nextFrame);
    }

    // Backward, because a leg may take itself out of the list.
    private void RunFrame(long at)
    {
        for (var i = _ticking.Count - 1; i >= 0; i--)
            _ticking[i].Tick(at);
        for (var i = _mixing.Count - 1; i >= 0; i--)
            _mixing[i].Mix(at);
        var due = _wheel[_frameNumber++ % FramesPerSecond];
        for (var i = due.Count - 1; i >= 0; i--)
            due[i].LookAfter(at);
    }
}

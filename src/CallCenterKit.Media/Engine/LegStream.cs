using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Engine;

/// <summary>A leg as its media thread sees it: takes its packets, makes its frames, carries out its messages.</summary>
/// <remarks>All but <see cref="Post"/>, <see cref="Thread"/> and <see cref="ReadStatistics"/> on the media thread.</remarks>
internal sealed class LegStream
{
    private const int RtcpEverySeconds = 5;
    private const int LongestPacketFrames = 3;

    // What each relayed packet needs stands together: of some hundred legs none stays in the processor's nearest memory.
    private readonly RemoteLatch _latch = new();
    private readonly LegCounters _counters = new();
    private volatile MediaThread _thread;
    private IRtpTransport? _rtp;                // of Transports
    private NegotiatedMedia? _media;
    private SrtpSession? _srtp;
    private AudioCodec? _inboundCodec;
    private LegStream? _relayPeer;
    private RtpSender? _sender;
    private TelephoneEventReceiver? _digitsIn;
    private DigitSender? _digitsOut;
    private PlaybackRun? _playback;
    private RecordingTap[] _taps = [];
    private Listener? _listener;
    private ActivityMeter? _activity;

    private readonly MediaEngine _engine;
    private readonly MediaLeg _leg;
    private readonly IMediaLegSink _sink;
    private readonly RtpSenderStart _start;
    private readonly TaskCompletionSource _closedSource = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<Action<LegStream>> _inbox = new(); // under its own lock: a concurrent one takes a kilobyte of each leg
    private readonly RtcpReporter _rtcp;
    private readonly QualityWatch _quality;
    private Action? _onArrival;
    private bool _attached;
    private bool _closed;
    private long _playsOver;
    private Dictionary<string, PlayPosition>? _resume;
    private BridgePort? _port;
    private FramePacker? _packer;
    private long _quietSince;
    private bool _timeoutTold;
    private int _seconds;

    public LegStream(MediaEngine engine, MediaLeg leg, IMediaLegSink sink, MediaThread thread, RtpSenderStart start)
    {
        _engine = engine;
        _leg = leg;
        _sink = sink;
        _thread = thread;
        _start = start;
        _rtcp = new RtcpReporter(_counters, start.CanonicalName);
        _quality = new QualityWatch(_counters, _rtcp, engine.Options.PoorMos);
    }

    public MediaThread Thread => _thread;

    public Task Closed => _closedSource.Task;

    public MediaLeg Leg => _leg;

    public RtpTransportPair? Transports { get; private set; }

    /// <summary>The poller's.</summary>
    public int PollSlot { get; set; }

    /// <summary>The poller's.</summary>
    public bool IsWatchedUrgently { get; set; }

    /// <summary>Every packet of the party goes on to a peer at once.</summary>
    public bool IsRelaying => _relayPeer is not null;

    /// <summary>The thread's; -1 while no frames are needed.</summary>
    public int TickIndex { get; set; } = -1;

    /// <summary>The thread's.</summary>
    public int WheelBucket { get; set; }

    /// <summary>What is sent; null until negotiated.</summary>
    public AudioCodec? SendCodec => _media?.Codec;

    /// <summary>What the party sends at present; null until negotiated.</summary>
    public AudioCodec? InboundCodec => _inboundCodec;

    /// <summary>What the bridge has for this leg may be sent now: nothing else is, and the party wants to hear.</summary>
    public bool TakesBridge => _playback is null && _digitsOut is not { IsActive: true } && CanSend;

    private bool CanSend { get; set; }

    /// <summary>How loud the party was in a frame of the mixer, 1 for the most there is; null: it is mixed no more.</summary>
    public void NoteLevel(float? power) => _counters.NoteLevel(power);

    /// <summary>Leaves a message for the media thread. Any thread.</summary>
    public void Post(Action<LegStream> message)
    {
        lock (_inbox)
            _inbox.Enqueue(message);
        _thread.Notify(this);
    }

    /// <summary>Carries out what was posted. The messages of a leg that has moved are the other thread's.</summary>
    public void TakeMessages(MediaThread thread)
    {
        if (_thread != thread)
        {
            _thread.Notify(this);
            return;
        }

        if (!_attached && !_closed)
            Arrive(thread);
        while (_thread == thread && TryTake(out var message))
            Try(message);
        UpdateTicking();
    }

    private bool TryTake([MaybeNullWhen(false)] out Action<LegStream> message)
    {
        lock (_inbox)
            return _inbox.TryDequeue(out message);
    }

    public MediaLegStatistics ReadStatistics() => _counters.Read(_rtcp, _listener?.FramesDropped ?? 0) with { EstimatedMos = _quality.Mos };

    public void Open(RtpTransportPair pair)
    {
        if (_closed)
        {
            Release(pair);
            return;
        }

        Transports = pair;
        _rtp = pair.Rtp;
        _thread.Watch(this);
    }

    public void Apply(NegotiatedMedia media)
    {
        if (_closed)
            return;
        var now = _engine.Now;
        _media = media;
        _inboundCodec = media.Codec;
        if (_sender is null || _sender.ClockRateHz != media.Codec.RtpClockRateHz)
            StartClock(media.Codec.RtpClockRateHz, now);
        _srtp = SrtpSession.Follow(_srtp, media.Srtp);
        _latch.Expect(ForSocket(media.RemoteRtp), now);
        _rtcp.Expect(ForSocket(media.RemoteRtcp), _srtp);
        CanSend = media.Direction.CanSend() && !media.HeldByRemote && !IsAny(media.RemoteRtp.Address) && media.RemoteRtp.Port != 0;
        _packer = media.PacketMilliseconds > 20
            ? new FramePacker(Math.Min(LongestPacketFrames, media.PacketMilliseconds / 20))
            : null;
        _quietSince = now;
        _timeoutTold = false;
        if (!CanSend || media.TelephoneEventPayloadType is null)
            _digitsOut!.Abandon();
        _port?.Bridge.Recheck();
    }

    private void StartClock(int clockRateHz, long now)
    {
        _digitsOut?.Abandon();
        var start = _sender is null ? _start : _start with { Ssrc = _sender.Ssrc + 1 }; // RFC 7160 §4.1: another clock, another SSRC
        _sender = new RtpSender(start, clockRateHz, now);
        _digitsIn = new TelephoneEventReceiver(clockRateHz);
        _digitsOut = new DigitSender(clockRateHz);
    }

    // ---- packets in

    public bool ReceiveRtp(long now)
    {
        var thread = _thread;
        if (_rtp is not { } transport)
            return false;
        var length = transport.Receive(thread.Received, thread.From);
        if (length < 0)
            return false;
        try
        {
            OnDatagram(thread.Received.AsSpan(0, length), thread.From, now);
        }
#pragma warning disable CA1031 // a fault in one leg's media ends that leg and no other
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
            return false;
        }

        return true;
    }

    public bool ReceiveRtcp(long now)
    {
        if (Transports is not { } transports)
            return false;
        var length = transports.Rtcp.Receive(_thread.Received, _thread.From);
        if (length < 0)
            return false;
        OnRtcp(_thread.Received.AsSpan(0, length), _thread.From, now);
        return true;
    }

    private void OnDatagram(Span<byte> packet, SocketAddress from, long now)
    {
        if (RtcpReader.IsRtcp(packet))
        {
            if (_media is { RtcpMux: true })
                OnRtcp(packet, from, now);
            return;
        }

        if (_srtp is not null && !TryUnprotect(ref packet, from, now))
            return;

        if (_media is not { } media || !RtpHeader.TryRead(packet, out var header, out var payload) || !_latch.Accept(from, now))
        {
            _counters.Refused++;
            return;
        }

        _counters.OnReceived(header, now, media.Codec.RtpClockRateHz);
        _quietSince = now;
        _timeoutTold = false;
        if (!media.Direction.CanReceive() || !packet.Overlaps(payload, out var start))
            return;
        var inbound = new InboundPacket(packet, start, payload.Length, header, now);
        if (header.PayloadType == media.ReceiveTelephoneEventPayloadType)
            OnTelephoneEvent(inbound);
        else if (media.CodecFor(header.PayloadType) is { } codec)
            OnAudio(codec, inbound);
        else
            OnUnknown(header);
    }

    private void OnRtcp(Span<byte> packet, SocketAddress from, long now)
    {
        if (_srtp is not null)
        {
            var verdict = _srtp.Receiver.UnprotectRtcp(packet, out var length);
            if (verdict != SrtpVerdict.Authentic)
            {
                _counters.OnDropped(verdict);
                return;
            }

            packet = packet[..length];
        }

        _rtcp.OnReceived(packet, from, _latch, _sender, now);
    }

    // Before the latch: a packet that the party did not make shall not tell where the party is.
    private bool TryUnprotect(ref Span<byte> packet, SocketAddress from, long now)
    {
        if (_latch.IsStranger(from, now))
        {
            _counters.Refused++;                              // not worth the work
            return false;
        }

        var verdict = _srtp!.Receiver.UnprotectRtp(packet, out var length);
        if (verdict != SrtpVerdict.Authentic)
        {
            _counters.OnDropped(verdict);
            return false;
        }

        packet = packet[..length];
        return true;
    }

    private void OnAudio(AudioCodec codec, in InboundPacket packet)
    {
        if (codec != _inboundCodec)
        {
            _inboundCodec = codec;
            _port?.Bridge.Recheck();
        }

        OnKey(_digitsIn!.ReceiveOther(packet.Header));
        foreach (var tap in _taps)
            tap.Capture(RecordingTap.Said, codec, packet.Header, packet.Payload, packet.At);
        _listener?.OnAudio(codec, packet.Header, packet.Payload, _thread.Scratch);
        if (_activity is { IsAsked: true } activity)
            activity.OnAudio(codec, packet.Payload, _thread.Scratch);
        if (_relayPeer is { } peer)
            peer.RelayAudio(packet);
        else
            _port?.Hear(codec, packet.Header, packet.Payload, packet.At);
    }

    // The receiver first: relaying rewrites the packet's header.
    private void OnTelephoneEvent(in InboundPacket packet)
    {
        PassOver(RecordingTap.Said, packet.Header);
        var report = _digitsIn!.Receive(packet.Header, packet.Payload);
        _relayPeer?.RelayTelephoneEvent(packet);
        OnKey(report);
    }

    // Comfort noise, say: a packet all the same.
    private void OnUnknown(in RtpHeader header)
    {
        PassOver(RecordingTap.Said, header);
        _counters.Refused++;
    }

    private void PassOver(byte channel, in RtpHeader header)
    {
        foreach (var tap in _taps)
            tap.PassOver(channel, header);
    }

    private void OnKey(in TelephoneEventReport report)
    {
        if (report.Ended is { } digit)
            OnPressed(digit, report.Held);
    }

    private void OnPressed(char digit, TimeSpan held)
    {
        _port?.PassOn(digit, held);
        Tell(sink => sink.OnDigit(digit, held));
    }

    // ---- packets out

    private void RelayAudio(in InboundPacket packet)
    {
        if (!TakesBridge)
            return;
        if (!Relay(packet, _media!.PayloadType, out var header))
            return;
        foreach (var tap in _taps)
            tap.Capture(RecordingTap.Sent, _media.Codec, header, packet.Payload, packet.At);
    }

    private void RelayTelephoneEvent(in InboundPacket packet)
    {
        if (TakesBridge && _media!.TelephoneEventPayloadType is { } payloadType && Relay(packet, payloadType, out var header))
            PassOver(RecordingTap.Sent, header);
    }

    // The new header overwrites the old one in front of the payload: nothing is copied.
    private bool Relay(in InboundPacket packet, int payloadType, out RtpHeader header)
    {
        if (!_sender!.TryRelay(payloadType, packet.Header, packet.At, out header))
            return false;
        var datagram = packet.Datagram[(packet.PayloadStart - RtpHeader.Size)..(packet.PayloadStart + packet.PayloadLength)];
        header.Write(datagram);
        Send(datagram);
        return true;
    }

    /// <summary>Sends 20 ms of audio.</summary>
    /// <param name="payload">Encoded as negotiated.</param>
    /// <param name="at">The instant of the frame clock.</param>
    public void SendFrame(ReadOnlySpan<byte> payload, long at)
    {
        if (_packer is null)
            SendAudio(payload, at, MediaThread.Frame);
        else if (_packer.Add(payload, at, out var packet))
            SendAudio(packet.Payload, packet.At, packet.Duration);
    }

    private void SendAudio(ReadOnlySpan<byte> payload, long at, TimeSpan duration)
    {
        var header = _sender!.Frame(_media!.PayloadType, at, duration);
        var datagram = _thread.Outgoing.AsSpan(0, header.Write(_thread.Outgoing) + payload.Length);
        payload.CopyTo(datagram[RtpHeader.Size..]);
        Send(datagram);
        foreach (var tap in _taps)
            tap.Capture(RecordingTap.Sent, _media.Codec, header, payload, at);
    }

    private void Send(ReadOnlySpan<byte> datagram)
    {
        if (_rtp is not { } transport || _latch.Target is not { } target)
            return;
        if (_srtp is null)
            transport.Send(datagram, target);
        else if (_srtp.Sender.TryProtectRtp(datagram, _thread.Protected, out var length))
            transport.Send(_thread.Protected.AsSpan(0, length), target);
        else
            return;                                           // a duplicate of a peer: sent before
        _sender!.Count(datagram.Length - RtpHeader.Size);
        _counters.Sent++;
    }

    // ---- frames

    /// <summary>Makes the frame of this instant, if the leg itself has something to send.</summary>
    public void Tick(long at)
    {
        try
        {
            if (_media is null)
                return;
            if (_digitsOut!.IsActive)
                SendDigitFrame(at);
            else if (_playback is not null)
                PlayFrame(at);
            else if (SendsSilence)
                SendFrame(_engine.Prompts.Silence.For(_media.Codec).Frame(0), at);
            _activity?.Tick();
            UpdateTicking();
        }
#pragma warning disable CA1031 // a fault in one leg's media ends that leg and no other
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
        }
    }

    private bool SendsSilence => _port is not { Bridge.IsCarrying: true } && CanSend && _engine.Options.SendSilenceWhenIdle;

    private void SendDigitFrame(long at)
    {
        if (!_digitsOut!.TryStep(_sender!.NextTimestamp(at), out var packet))
            return;
        var datagram = _thread.Outgoing.AsSpan(0, RtpHeader.Size + TelephoneEventPayload.Size);
        var header = _sender.Event(_media!.TelephoneEventPayloadType!.Value, packet);
        packet.Payload.Write(datagram[header.Write(datagram)..]);
        Send(datagram);
        PassOver(RecordingTap.Sent, header);
    }

    private void PlayFrame(long at)
    {
        // On hold the list goes on unheard, so that whoever waits for its end does not wait for ever.
        if (!_playback!.Next(_media!.Codec, _thread.Scratch, out var payload))
            EndPlayback(PlaybackOutcome.Finished);
        else if (CanSend)
            SendFrame(payload, at);
        if (_playback is null && SendsSilence)
            SendFrame(_engine.Prompts.Silence.For(_media.Codec).Frame(0), at);
    }

    private void UpdateTicking()
    {
        if (!_attached)
            return;
        _thread.SetTicking(this, _media is not null && (_digitsOut!.IsActive || _playback is not null || SendsSilence || _activity is { IsAsked: true }));
    }

    /// <summary>Once a second: reports, quality and time-outs.</summary>
    public void LookAfter(long now)
    {
        if (_media is not { } media || Transports is not { } transports)
            return;
        if (++_seconds % RtcpEverySeconds == 0)
            _rtcp.SendReport(transports, media, _sender!, _latch, now);
        if (_quality.TryJudge(_port?.Input, now, out var quality))
            TellQuality(quality);
        var silentFor = TimeSpan.FromTicks(now - _quietSince);
        if (_timeoutTold || !media.Direction.CanReceive() || silentFor < _engine.Options.MediaTimeout)
            return;
        _timeoutTold = true;
        TellTimeout(silentFor);
    }

    private void TellQuality(MediaLegQuality quality) => Tell(sink => sink.OnQualityChanged(quality));

    private void TellTimeout(TimeSpan silentFor) => Tell(sink => sink.OnMediaTimeout(silentFor));

    // ---- playing, digits, listening, recording

    public void StartPlayback(PlaybackSession session, LoadedList list)
    {
        var isStopped = session.IsStopped || session.Number <= _playsOver;
        if (_closed || isStopped || list.Error is not null)
        {
            list.Release();
            var outcome = _closed ? PlaybackOutcome.LegClosed : isStopped ? PlaybackOutcome.Stopped : PlaybackOutcome.Failed;
            Finish(session, new PlaybackEnd(outcome, TimeSpan.Zero, list.Error));
            return;
        }

        EndPlayback(PlaybackOutcome.Stopped);
        _playsOver = session.Number - 1; // an earlier one whose files are still loading has missed its turn
        var from = default(PlayPosition);
        if (session.List.ResumeKey is { } key)
            _resume?.TryGetValue(key, out from);
        _playback = new PlaybackRun(session, list, from);
    }

    /// <summary>Stops one playback.</summary>
    public void StopPlayback(PlaybackSession session)
    {
        session.IsStopped = true; // its files may still be loading
        if (session == _playback?.Session)
            EndPlayback(PlaybackOutcome.Stopped);
    }

    /// <summary>Stops all playbacks up to this one, also those whose files are still loading.</summary>
    public void StopPlaybacks(long upTo)
    {
        _playsOver = Math.Max(_playsOver, upTo);
        if (_playback?.Session.Number <= upTo)
            EndPlayback(PlaybackOutcome.Stopped);
    }

    public void SendDigits(DigitRun run)
    {
        if (_closed || !CanSend || _media?.TelephoneEventPayloadType is null)
            run.Finish(sent: false);
        else if (run.IsOver)
            run.Finish(sent: true);
        else
            _digitsOut!.Enqueue(run);
        UpdateTicking();
    }

    public void CancelDigits(DigitRun run) => _digitsOut?.Cancel(run);

    public void Listen(Listener listener)
    {
        _listener?.Complete();
        _listener = listener;
        if (_closed)
            listener.Complete();
    }

    public void Watch(ActivityWatch watch)
    {
        if (_closed)
            watch.End(heard: false);
        else
            (_activity ??= new()).Add(watch);
    }

    public void Unwatch(ActivityWatch watch) => _activity?.Remove(watch);

    public void Attach(RecordingTap tap)
    {
        if (_closed)
            tap.End(_engine.Now);
        else
            _taps = [.. _taps, tap];
    }

    public void Detach(RecordingTap tap)
    {
        if (!_taps.Contains(tap))
            return;
        _taps = [.. _taps.Where(other => other != tap)];
        tap.End(_engine.Now);
    }

    private void EndPlayback(PlaybackOutcome outcome)
    {
        if (_playback is not { } run)
            return;
        _playback = null;
        if (run.Session.List.ResumeKey is { } key)
            (_resume ??= [])[key] = run.Position;
        run.Release();
        Finish(run.Session, new PlaybackEnd(outcome, run.Played));
    }

    private void Finish(PlaybackSession session, PlaybackEnd end)
    {
        session.End(end);
        Tell(sink => sink.OnPlaybackEnded(session, end));
    }

    // ---- bridges

    /// <summary>Enters a bridge, or takes another role in it.</summary>
    /// <param name="bridge">On whichever thread; the leg moves there.</param>
    /// <param name="role">The role.</param>
    /// <param name="playsBefore">Playbacks asked for before this, which end now.</param>
    public void Join(BridgeCore bridge, BridgeRole role, long playsBefore)
    {
        if (_closed)
            return;
        if (_port is not null && _port.Bridge != bridge)
            Leave(_port.Bridge);
        if (bridge.Thread != _thread)
        {
            MoveTo(bridge.Thread, () => Join(bridge, role, playsBefore));
            return;
        }

        StopPlaybacks(playsBefore);
        if (_port is null)
            _port = bridge.Add(this, role);
        else
            bridge.SetRole(_port, role);
    }

    public void Leave(BridgeCore bridge)
    {
        if (_port is not { } port || port.Bridge != bridge)
            return;
        _port = null;
        RelayTo(null);
        bridge.Remove(port);
    }

    public void SetRole(BridgeCore bridge, BridgeRole role)
    {
        if (_port is { } port && port.Bridge == bridge)
            bridge.SetRole(port, role);
    }

    /// <summary>Hands everything the party says to one other leg, without decoding; null ends it.</summary>
    public void RelayTo(LegStream? peer)
    {
        _relayPeer = peer;
        _thread.SetUrgent(this);
        UpdateTicking();
    }

    private void MoveTo(MediaThread thread, Action onArrival)
    {
        _thread.Detach(this);
        thread.ExpectLeg();
        _attached = false;
        _onArrival = onArrival;
        _thread = thread; // from here on it is the other thread's
        thread.Notify(this);
    }

    private void Arrive(MediaThread thread)
    {
        _attached = true;
        thread.Attach(this);
        var action = _onArrival;
        _onArrival = null;
        action?.Invoke();
    }

    // ---- the end

    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        if (_port is not null)
            Leave(_port.Bridge);
        EndPlayback(PlaybackOutcome.LegClosed);
        _digitsOut?.Abandon();
        _listener?.Complete();
        _activity?.Close();
        foreach (var tap in _taps)
            tap.End(_engine.Now);
        _taps = [];
        if (_media is not null && Transports is not null)
            _rtcp.SendBye(Transports, _media, _sender!, _latch, _engine.Now);
        _thread.Detach(this);
        _attached = false;
        _srtp?.Dispose();
        _srtp = null;
        if (Transports is { } pair)
            Release(pair);
        (Transports, _rtp) = (null, null);
        _engine.OnClosed(_leg);
        _closedSource.TrySetResult();
    }

    private void Release(RtpTransportPair pair)
    {
        var port = pair.Rtp.LocalEndPoint.Port;
        pair.Rtp.Dispose();
        pair.Rtcp.Dispose();
        _engine.Ports.Return(port);
    }

    // A socket of both families shows IPv4 addresses as mapped ones.
    private IPEndPoint ForSocket(IPEndPoint remote) =>
        _thread.From.Family == AddressFamily.InterNetworkV6 && remote.AddressFamily == AddressFamily.InterNetwork
            ? new IPEndPoint(remote.Address.MapToIPv6(), remote.Port)
            : remote;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private void Try(Action<LegStream> message)
    {
        try
        {
            message(this);
        }
#pragma warning disable CA1031 // a fault in one leg's media ends that leg and no other
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
        }
    }

    private void Fail(Exception fault)
    {
        MediaLog.LegFailed(_engine.Logger, fault);
        _leg.Dispose();
    }

    private void Tell(Action<IMediaLegSink> what)
    {
        try
        {
            what(_sink);
        }
#pragma warning disable CA1031 // a sink's fault is its host's, not the call's
        catch (Exception e)
#pragma warning restore CA1031
        {
            MediaLog.SinkFailed(_engine.Logger, e);
        }
    }
}

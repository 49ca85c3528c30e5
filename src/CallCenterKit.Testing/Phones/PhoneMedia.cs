using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Testing;

/// <summary>The microphone, keypad and ear of one call. Sends under the phone's lock, from the phone's one 20 ms timer.</summary>
internal sealed class PhoneMedia
{
    public const int FrameSamples = 160;

    private const int EndPackets = 3;                      // RFC 4733 §2.5.1.4
    private const string Keys = "0123456789*#ABCD";

    private readonly ScriptedPhone _phone;
    private readonly HeardAudio _heard;
    private readonly IDatagramEndpoint _rtp;
    private readonly IDatagramEndpoint _rtcp;
    private readonly Queue<DigitJob> _jobs = [];
    private readonly byte[] _packet = new byte[RtpPacket.HeaderBytes + FrameSamples];
    private readonly PhoneCoder _coder = new();
    private readonly short[] _frame = new short[FrameSamples];
    private readonly uint _ssrc;
    private readonly uint _firstTimestamp;
    private readonly long _started;
    private ushort _sequence;
    private PhoneSdp? _remote;
    private string _direction = "sendrecv";
    private PhoneVoice _voice;
    private long _voiceFrom;
    private long _clock;
    private bool _wasSilent = true;
    private readonly byte[]? _key;
    private PhoneSrtp? _protect;
    private volatile PhoneSrtp? _unprotect;
    private volatile int _remoteEvents = PhoneSdp.OwnTelephoneEvent;

    public PhoneMedia(ScriptedPhone phone, HeardAudio heard)
    {
        _phone = phone;
        _voice = phone.Options.Voice;
        (_ssrc, _sequence, _firstTimestamp) = ((uint)phone.NextNumber(), (ushort)phone.NextNumber(), (uint)phone.NextNumber());
        if (phone.Options.Encryption != PhoneEncryption.None)
            _key = [.. Enumerable.Range(0, PhoneKey.Size).Select(_ => (byte)phone.NextNumber())];
        _started = phone.Time.GetTimestamp();
        _heard = heard;
        (_rtp, _rtcp) = OpenPair();
    }

    public IPEndPoint Local => _rtp.LocalEndPoint;

    public long PacketsSent { get; private set; }

    /// <summary>Our side's direction as last agreed.</summary>
    public string Direction => _direction;

    /// <summary>Both sides have a key.</summary>
    public bool IsEncrypted => _protect is not null;

    public bool CanSendDigits => _remote?.TelephoneEvent is not null;

    private bool IsSending => _remote is { Receives: true } && _direction is "sendrecv" or "sendonly";

    public PhoneSdp Offer(string direction) => new(
        Local,
        _phone.Options.PayloadTypes,
        _phone.Options.TelephoneEvents ? PhoneSdp.OwnTelephoneEvent : null,
        direction,
        _phone.Options.Encryption == PhoneEncryption.Required ? PhoneSdp.Secure : PhoneSdp.Plain,
        _key is null ? null : new PhoneKey(1, _key));

    /// <summary>The answer to an offer: its first format that we have, encrypted if both can; null when the offer can't be met.</summary>
    public PhoneSdp? Answer(PhoneSdp offer, bool isHolding)
    {
        var common = offer.PayloadTypes.Where(type => _phone.Options.PayloadTypes.Contains(type)).Take(1).ToList();
        var key = offer.Key is { Tag: var tag } && _key is not null ? new PhoneKey(tag, _key) : null;
        var mustEncrypt = offer.Protocol.Contains("SAVP", StringComparison.Ordinal) || _phone.Options.Encryption == PhoneEncryption.Required;
        if (common.Count == 0 || (mustEncrypt && key is null))
            return null;
        var direction = (Sends: offer.Receives, Receives: offer.Sends && !isHolding) switch
        {
            (true, true) => "sendrecv",
            (true, false) => "sendonly",
            (false, true) => "recvonly",
            _ => "inactive",
        };
        return new PhoneSdp(Local, common, _phone.Options.TelephoneEvents ? offer.TelephoneEvent : null, direction, offer.Protocol, key);
    }

    public void Apply(PhoneSdp remote, string direction)
    {
        (_remote, _direction) = (remote, direction);
        _remoteEvents = remote.TelephoneEvent ?? PhoneSdp.OwnTelephoneEvent;
        if (_key is null || remote.Key is not { Material: var theirs })
            (_protect, _unprotect) = (null, null);
        else if (_unprotect?.Material.AsSpan().SequenceEqual(theirs) is not true)
            (_protect, _unprotect) = (_protect ?? new PhoneSrtp(_key), new PhoneSrtp(theirs));
    }

    public void Say(PhoneVoice voice) => (_voice, _voiceFrom) = (voice, _clock);

    public Task SendDigits(string digits, TimeSpan tone, TimeSpan pause)
    {
        var done = new PhoneCompletion<bool>(_phone.Work);
        var frames = Math.Max(2, (int)Math.Ceiling(tone / ScriptedPhone.Frame));
        var pauseFrames = (int)Math.Ceiling(pause / ScriptedPhone.Frame);
        for (var i = 0; i < digits.Length; i++)
            _jobs.Enqueue(new DigitJob(Keys.IndexOf(char.ToUpperInvariant(digits[i]), StringComparison.Ordinal), frames, pauseFrames, i == digits.Length - 1 ? done : null));
        return done.Task;
    }

    /// <summary>Sends as many packets as the clock says, also when the timer came late.</summary>
    public void Tick()
    {
        var due = (long)(_phone.Time.GetElapsedTime(_started) / ScriptedPhone.Frame);
        for (; _clock < due; _clock++)
        {
            if (!IsSending)
                _wasSilent = true;
            else if (_jobs.TryPeek(out var job))
                SendDigit(job);
            else
                SendAudio();
        }
    }

    public async Task CloseAsync()
    {
        _heard.End();
        foreach (var job in _jobs)
            job.Done?.Cancel();
        _jobs.Clear();
        await _rtp.DisposeAsync().ConfigureAwait(false);
        await _rtcp.DisposeAsync().ConfigureAwait(false);
    }

    public static bool IsKey(char key) => Keys.Contains(char.ToUpperInvariant(key), StringComparison.Ordinal);

    private void SendAudio()
    {
        _voice.Fill((_clock - _voiceFrom) * FrameSamples, _frame);
        var type = _remote!.PayloadTypes.First(type => _phone.Options.PayloadTypes.Contains(type));
        var length = _coder.Encode(PhoneSdp.FormatOf(type)!, _frame, _packet.AsSpan(RtpPacket.HeaderBytes));
        SendPacket(type, _wasSilent, _clock, length);
        _wasSilent = false;
    }

    private void SendDigit(DigitJob job)
    {
        if (job.Step == 0)
            job.StartedAt = _clock;
        if (job.Step < job.Frames + EndPackets && _remote!.TelephoneEvent is { } type)
        {
            var isEnd = job.Step >= job.Frames;
            var payload = _packet.AsSpan(RtpPacket.HeaderBytes);
            payload[0] = (byte)job.Event;
            payload[1] = (byte)(isEnd ? 0x80 | 10 : 10);
            BinaryPrimitives.WriteUInt16BigEndian(payload[2..], (ushort)(Math.Min(job.Step + 1, job.Frames) * FrameSamples));
            SendPacket(type, job.Step == 0, job.StartedAt, 4);
        }
        else
        {
            SendAudio();
        }

        if (++job.Step < job.Frames + EndPackets + job.Pause)
            return;
        _jobs.Dequeue();
        job.Done?.Complete(true);
    }

    private void SendPacket(int type, bool marker, long frame, int payloadBytes)
    {
        new RtpPacket(type, marker, _sequence++, unchecked(_firstTimestamp + (uint)(frame * FrameSamples)), _ssrc).Write(_packet);
        var packet = _packet.AsSpan(0, RtpPacket.HeaderBytes + payloadBytes);
        _rtp.Send(_protect is null ? packet : _protect.Protect(packet), _remote!.Rtp);
        PacketsSent++;
    }

    private void OnRtp(ReadOnlyMemory<byte> datagram, IPEndPoint from)
    {
        var plain = datagram.Span;
        if (_unprotect is { } unprotect)
            plain = unprotect.Unprotect(plain);               // nothing, where somebody else made it
        if (!RtpPacket.TryRead(plain, out var packet, out var payload))
            return;
        if (PhoneSdp.FormatOf(packet.PayloadType) is { } format)
        {
            var pcm = new short[payload.Length];
            _heard.OnAudio(packet, pcm.AsSpan(0, _coder.Decode(format, payload, pcm)));
        }
        else if ((packet.PayloadType == PhoneSdp.OwnTelephoneEvent || packet.PayloadType == _remoteEvents) && payload.Length >= 4 && payload[0] < Keys.Length)
        {
            _heard.OnTelephoneEvent(packet, Keys[payload[0]]);
        }
    }

    // RTP on an even port, RTCP on the next (RFC 3550 §11). RTCP is only taken in, so that nobody gets an ICMP error.
    private (IDatagramEndpoint Rtp, IDatagramEndpoint Rtcp) OpenPair()
    {
        const int Attempts = 100;
        var address = _phone.LocalEndPoint.Address;
        var rejected = new List<IDatagramEndpoint>();
        try
        {
            for (var i = 0; i < Attempts; i++)
            {
                var rtp = _phone.Network.Open(new IPEndPoint(address, 0), OnRtp);
                if (rtp.LocalEndPoint.Port % 2 == 0 && TryOpen(new IPEndPoint(address, rtp.LocalEndPoint.Port + 1)) is { } rtcp)
                    return (rtp, rtcp);
                rejected.Add(rtp);
            }
        }
        finally
        {
            foreach (var endpoint in rejected)
                _phone.Watch(endpoint.DisposeAsync().AsTask());
        }

        throw new SocketException((int)SocketError.AddressAlreadyInUse);
    }

    private IDatagramEndpoint? TryOpen(IPEndPoint local)
    {
        try
        {
            return _phone.Network.Open(local, static (_, _) => { });
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private sealed class DigitJob(int key, int frames, int pause, PhoneCompletion<bool>? done)
    {
        public int Event => key;

        public int Frames => frames;

        public int Pause => pause;

        public PhoneCompletion<bool>? Done => done;

        public long StartedAt { get; set; }

        public int Step { get; set; }
    }
}

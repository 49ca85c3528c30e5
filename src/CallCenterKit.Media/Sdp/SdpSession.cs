using System.Globalization;
using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Sdp;

/// <summary>Offer and answer of one leg with one audio stream (RFC 3264). Pure; one thread at a time.</summary>
public sealed class SdpSession
{
    private IPEndPoint _local;
    private readonly IReadOnlyList<AudioCodec> _codecs;
    private readonly SdpSessionOptions _options;
    private readonly string _sessionId;
    private readonly PayloadTypeMap _payloadTypes = new();
    private readonly SdpSecurity _security;
    private SessionDescription? _sent;
    private ulong _version = 1;
    private IReadOnlyList<MediaDescription> _streams = [];
    private int _audioIndex;
    private MediaDirection _offeredDirection;
    private bool _hasOffered;

    /// <summary>Begins a session in which nothing is said yet.</summary>
    /// <param name="localRtp">Where the remote side shall send RTP: the address as seen from there, RTCP on the next port.</param>
    /// <param name="codecs">In order of preference; answers choose by this order too, so that legs tend to agree on one.</param>
    /// <param name="sessionId">For the <c>o=</c> line; unlike that of any other session from this host.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The address is the any-address, which means hold; the port is 0; there is no codec; or no suite of SRTP where it is wanted.</exception>
    public SdpSession(IPEndPoint localRtp, IReadOnlyList<AudioCodec> codecs, ulong sessionId, SdpSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(codecs);
        if (codecs.Count == 0)
            throw new ArgumentException("No codec is given: at least one is needed.", nameof(codecs));

        _local = Definite(localRtp);
        _codecs = codecs;
        _sessionId = sessionId.ToString(CultureInfo.InvariantCulture);
        _options = options ?? new SdpSessionOptions();
        _security = new SdpSecurity(_options);
    }

    /// <summary>Where the remote side shall send RTP, in what is said from now on: it may turn out that another one is spoken to, who knows us by another address.</summary>
    /// <exception cref="ArgumentException">The address is the any-address, or the port is 0.</exception>
    public IPEndPoint LocalRtp { get => _local; set => _local = Definite(value); }

    /// <summary>What is agreed; null before the first agreement. A failed exchange leaves it as it was.</summary>
    public NegotiatedMedia? Current { get; private set; }

    /// <summary>What we allow: our answers go no further. Follows the last offer of ours that was accepted; set it to hold without an offer.</summary>
    public MediaDirection Direction { get; set; } = MediaDirection.SendReceive;

    /// <summary>Our offer waits for its first answer.</summary>
    public bool IsOfferPending { get; private set; }

    /// <summary>Makes an offer; again with another direction to hold or resume. It replaces an offer that is pending.</summary>
    /// <param name="direction">Ours: <see cref="MediaDirection.SendOnly"/> holds with music, <see cref="MediaDirection.Inactive"/> without.</param>
    /// <remarks>Streams that were there before stay in their places (RFC 3264 §8); the <c>o=</c> version grows only if something changed.</remarks>
    public SessionDescription CreateOffer(MediaDirection direction)
    {
        var streams = new MediaDescription[Math.Max(_streams.Count, 1)];
        for (var i = 0; i < streams.Length; i++)
            streams[i] = i == _audioIndex ? OfferStream(direction) : Refuse(_streams[i]);

        _offeredDirection = direction;
        _hasOffered = true;
        IsOfferPending = true;
        return Publish(streams);
    }

    /// <summary>Forgets our offer after it was refused or the transaction failed.</summary>
    public void WithdrawOffer()
    {
        _hasOffered = false;
        IsOfferPending = false;
    }

    /// <summary>Answers an offer, stream by stream; one audio stream is taken, all others are refused with port 0.</summary>
    /// <param name="remote">The offer.</param>
    /// <param name="answer">Null unless accepted.</param>
    /// <returns>Anything but <see cref="SdpOutcome.Accepted"/> leaves the session as it was.</returns>
    public SdpOutcome AcceptOffer(SessionDescription remote, out SessionDescription? answer)
    {
        ArgumentNullException.ThrowIfNull(remote);
        answer = null;
        if (IsOfferPending)
            return SdpOutcome.OfferPending;
        var outcome = ChooseStream(remote, out var index, out var choice, out var key);
        if (outcome != SdpOutcome.Accepted)
            return outcome;

        var streams = new MediaDescription[remote.Media.Count];
        for (var i = 0; i < streams.Length; i++)
            streams[i] = i == index ? AnswerStream(remote.Media[i], choice!, key) : Refuse(remote.Media[i]);

        Adopt(choice!);
        (_hasOffered, _audioIndex, _streams) = (false, index, streams);
        Current = choice;
        answer = Publish(streams);
        return SdpOutcome.Accepted;
    }

    /// <summary>Takes the answer to our last offer.</summary>
    /// <param name="remote">The answer.</param>
    /// <returns>Anything but <see cref="SdpOutcome.Accepted"/> leaves <see cref="Current"/> as it was.</returns>
    /// <remarks>May be called again for the same offer: a final response can say something else than the early media before it.</remarks>
    public SdpOutcome AcceptAnswer(SessionDescription remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        if (!_hasOffered)
            return SdpOutcome.NoOffer;

        IsOfferPending = false;
        if (_audioIndex >= remote.Media.Count)
            return SdpOutcome.NoAudio;
        var stream = new RemoteStream(remote.Media[_audioIndex]);
        var outcome = stream.Check(_local.AddressFamily);
        SrtpParameters? srtp = null;
        if (outcome == SdpOutcome.Accepted)
            outcome = _security.TakeAnswer(_sent!.Media[_audioIndex], remote.Media[_audioIndex], Current?.Srtp, out srtp);
        if (outcome != SdpOutcome.Accepted)
            return outcome;
        if (ReceiveFormats(stream) is not { Count: > 0 } formats)
            return SdpOutcome.NoCommonCodec;

        _security.Adopt(Current?.Srtp, srtp);
        Current = AnsweredMedia(stream, formats) with { Srtp = srtp };
        Direction = _offeredDirection;
        _streams = _sent!.Media;
        return SdpOutcome.Accepted;
    }

    private static IPEndPoint Definite(IPEndPoint localRtp)
    {
        ArgumentNullException.ThrowIfNull(localRtp);
        if (localRtp.Port == 0 || localRtp.Address.Equals(IPAddress.Any) || localRtp.Address.Equals(IPAddress.IPv6Any))
            throw new ArgumentException($"The RTP endpoint {localRtp} can't be advertised: a definite address and a port are needed.", nameof(localRtp));
        return localRtp.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(localRtp.Address.MapToIPv4(), localRtp.Port) : localRtp;
    }

    private SdpOutcome ChooseStream(SessionDescription remote, out int index, out NegotiatedMedia? choice, out SdpCrypto? key)
    {
        (choice, key) = (null, null);
        var reason = SdpOutcome.NoAudio;
        for (index = 0; index < remote.Media.Count; index++)
        {
            var outcome = Examine(remote.Media[index], out choice, out key);
            if (outcome == SdpOutcome.Accepted)
                return SdpOutcome.Accepted;
            if (reason == SdpOutcome.NoAudio)
                reason = outcome;
        }

        return reason;
    }

    private SdpOutcome Examine(MediaDescription offer, out NegotiatedMedia? choice, out SdpCrypto? key)
    {
        (choice, key) = (null, null);
        var stream = new RemoteStream(offer);
        var outcome = stream.Check(_local.AddressFamily);
        if (outcome != SdpOutcome.Accepted)
            return outcome;
        outcome = _security.Answer(offer, Current?.Srtp, out key, out var srtp);
        if (outcome != SdpOutcome.Accepted)
            return outcome;
        choice = OfferedMedia(stream) is { } media ? media with { Srtp = srtp } : null;
        return choice is null ? SdpOutcome.NoCommonCodec : SdpOutcome.Accepted;
    }

    // The codec in use is kept while it is offered: a change of direction shall not change the sound.
    private NegotiatedMedia? OfferedMedia(RemoteStream stream)
    {
        foreach (var codec in CodecsInUseFirst())
        {
            if (stream.Find(codec) is not { } format)
                continue;

            var telephoneEvent = _options.TelephoneEvents
                ? TelephoneEventFormat.Find(stream.Formats, codec.RtpClockRateHz)?.PayloadType
                : null;
            var mux = stream.RtcpMux && _options.AcceptRtcpMux;
            return new NegotiatedMedia
            {
                RemoteRtp = stream.Rtp,
                RemoteRtcp = mux ? stream.Rtp : stream.Rtcp,
                Codec = codec,
                PayloadType = format.PayloadType,
                ReceivePayloadType = format.PayloadType,
                TelephoneEventPayloadType = telephoneEvent,
                ReceiveTelephoneEventPayloadType = telephoneEvent,
                ReceiveFormats = [new ReceiveFormat(format.PayloadType, codec)],
                Direction = stream.Direction.Reversed().LimitedTo(Direction),
                HeldByRemote = !stream.Direction.CanReceive(),
                PacketMilliseconds = stream.PacketMilliseconds(_options.PacketMilliseconds),
                RtcpMux = mux,
            };
        }

        return null;
    }

    private NegotiatedMedia AnsweredMedia(RemoteStream stream, List<ReceiveFormat> formats)
    {
        var codec = formats[0].Codec;
        var telephoneEvent = _options.TelephoneEvents
            ? TelephoneEventFormat.Find(stream.Formats, codec.RtpClockRateHz)?.PayloadType
            : null;
        var mux = stream.RtcpMux && _options.OfferRtcpMux;
        return new NegotiatedMedia
        {
            RemoteRtp = stream.Rtp,
            RemoteRtcp = mux ? stream.Rtp : stream.Rtcp,
            Codec = codec,
            PayloadType = stream.Find(codec)!.PayloadType,
            ReceivePayloadType = formats[0].PayloadType,
            TelephoneEventPayloadType = telephoneEvent,
            ReceiveTelephoneEventPayloadType = telephoneEvent is null ? null : _payloadTypes.ForTelephoneEvent(codec.RtpClockRateHz),
            ReceiveFormats = formats,
            Direction = stream.Direction.Reversed().LimitedTo(_offeredDirection),
            HeldByRemote = _offeredDirection.CanSend() ? !stream.Direction.CanReceive() : Current?.HeldByRemote ?? false,
            PacketMilliseconds = stream.PacketMilliseconds(_options.PacketMilliseconds),
            RtcpMux = mux,
        };
    }

    // In the order of the answer, under the numbers of our offer (RFC 3264 §7).
    private List<ReceiveFormat> ReceiveFormats(RemoteStream stream)
    {
        var formats = new List<ReceiveFormat>();
        foreach (var format in stream.Formats)
        {
            foreach (var codec in _codecs)
            {
                if (RemoteStream.IsSame(format, codec))
                    formats.Add(new ReceiveFormat(_payloadTypes.For(codec), codec));
            }
        }

        return formats;
    }

    private MediaDescription OfferStream(MediaDirection direction)
    {
        var formats = new List<RtpMap>();
        foreach (var codec in CodecsInUseFirst())
            formats.Add(new RtpMap(_payloadTypes.For(codec), codec.Name, codec.RtpClockRateHz));
        if (_options.TelephoneEvents)
            AddTelephoneEvents(formats);
        var protocol = _streams.Count > 0 ? _streams[_audioIndex].Protocol : _security.FirstProtocol;
        return LocalStream(protocol, formats, direction) with { RtcpMux = _options.OfferRtcpMux, Crypto = _security.Offer(Current) };
    }

    // One per clock rate: an event shares the timestamps of the audio it interrupts (RFC 4733 §2.1).
    private void AddTelephoneEvents(List<RtpMap> formats)
    {
        foreach (var codec in _codecs)
        {
            if (TelephoneEventFormat.Find(formats, codec.RtpClockRateHz) is null)
                formats.Add(TelephoneEventFormat.Create(_payloadTypes.ForTelephoneEvent(codec.RtpClockRateHz), codec.RtpClockRateHz));
        }
    }

    private MediaDescription AnswerStream(MediaDescription offer, NegotiatedMedia choice, SdpCrypto? key)
    {
        var formats = new List<RtpMap> { new(choice.PayloadType, choice.Codec.Name, choice.Codec.RtpClockRateHz) };
        if (choice.TelephoneEventPayloadType is { } telephoneEvent)
            formats.Add(TelephoneEventFormat.Create(telephoneEvent, choice.Codec.RtpClockRateHz));
        return LocalStream(offer.Protocol, formats, choice.Direction) with { RtcpMux = choice.RtcpMux, Crypto = key is null ? [] : [key] };
    }

    private MediaDescription LocalStream(string protocol, List<RtpMap> formats, MediaDirection direction) => new()
    {
        Kind = "audio",
        Port = _local.Port,
        Protocol = protocol,
        FormatList = string.Join(' ', formats.Select(format => format.PayloadType)),
        Formats = formats,
        Address = _local.Address,
        Direction = direction,
        PacketMilliseconds = _options.PacketMilliseconds,
    };

    private static MediaDescription Refuse(MediaDescription stream) => new()
    {
        Kind = stream.Kind,
        Port = 0,
        Protocol = stream.Protocol,
        FormatList = stream.FormatList.Length > 0 ? stream.FormatList : "0",
    };

    private IEnumerable<AudioCodec> CodecsInUseFirst() =>
        Current is { } current ? _codecs.OrderBy(codec => codec != current.Codec) : _codecs;

    private void Adopt(NegotiatedMedia choice)
    {
        _security.Adopt(Current?.Srtp, choice.Srtp);
        _payloadTypes.Adopt(choice.Codec, choice.ReceivePayloadType);
        if (choice.ReceiveTelephoneEventPayloadType is { } telephoneEvent)
            _payloadTypes.AdoptTelephoneEvent(choice.Codec.RtpClockRateHz, telephoneEvent);
    }

    private SessionDescription Publish(MediaDescription[] streams)
    {
        var description = Describe(streams);
        if (_sent is not null && !description.ToArray().AsSpan().SequenceEqual(_sent.ToArray()))
        {
            _version++;
            description = Describe(streams);
        }

        return _sent = description;
    }

    private SessionDescription Describe(MediaDescription[] streams) => new()
    {
        Origin = new SdpOrigin("-", _sessionId, _version.ToString(CultureInfo.InvariantCulture), _local.Address.ToString()),
        Media = streams,
    };
}

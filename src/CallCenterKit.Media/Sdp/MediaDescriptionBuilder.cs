using System.Net;

namespace CallCenterKit.Media.Sdp;

/// <summary>Gathers what the lines after an <c>m=</c> line say about its stream.</summary>
internal sealed class MediaDescriptionBuilder
{
    public const int MaxPacketTime = 1000;

    private const int MaxFormats = 64;

    private readonly List<int> _payloadTypes = [];
    private readonly List<RtpMap> _maps = [];
    private readonly List<(int PayloadType, string Parameters)> _parameters = [];
    private readonly List<SdpAttribute> _attributes = [];
    private readonly List<SdpCrypto> _crypto = [];
    private readonly string _kind;
    private readonly string _protocol;
    private readonly int _port;
    private readonly string _formatList;
    private bool _hasConnection;
    private IPAddress? _address;
    private MediaDirection? _direction;
    private int? _packetMilliseconds;
    private int? _maxPacketMilliseconds;
    private bool _hasCrypto;
    private bool _rtcpMux;
    private int? _rtcpPort;
    private IPAddress? _rtcpAddress;

    private MediaDescriptionBuilder(string kind, int port, string protocol, string formatList)
    {
        _kind = kind;
        _port = port;
        _protocol = protocol;
        _formatList = formatList;
    }

    // m=<media> <port>["/"<number of ports>] <proto> <fmt> ... (RFC 8866 §5.14)
    public static SdpError TryStart(ReadOnlySpan<byte> line, out MediaDescriptionBuilder? builder)
    {
        builder = null;
        var kind = SdpText.NextWord(ref line);
        var ports = SdpText.NextWord(ref line);
        var protocol = SdpText.NextWord(ref line);
        SdpText.TrySplit(ports, (byte)'/', out var firstPort, out _);
        if (protocol.IsEmpty || !SdpText.TryNumber(firstPort, IPEndPoint.MaxPort, out var port))
            return SdpError.BadMedia;

        var formats = line.Trim((byte)' ');
        if (formats.IsEmpty && port != 0)
            return SdpError.BadMedia;

        var started = new MediaDescriptionBuilder(
            SdpText.String(kind), port, SdpText.String(protocol), SdpText.String(formats));
        var error = IsRtp(protocol) ? started.ReadPayloadTypes(formats) : SdpError.None;
        builder = error == SdpError.None ? started : null;
        return error;
    }

    public void SetConnection(IPAddress? address)
    {
        // Further addresses of one stream are multicast layers (RFC 8866 §5.7).
        _address = _hasConnection ? _address : address;
        _hasConnection = true;
    }

    public void ReadAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool hasValue)
    {
        if (SdpDirection.TryRead(name, out var direction))
            _direction = direction;
        else if (name.SequenceEqual("rtpmap"u8))
            ReadRtpMap(value);
        else if (name.SequenceEqual("fmtp"u8))
            ReadParameters(value);
        else if (name.SequenceEqual("ptime"u8))
            _packetMilliseconds = SdpText.TryNumber(value, MaxPacketTime, out var ptime) ? ptime : null;
        else if (name.SequenceEqual("maxptime"u8))
            _maxPacketMilliseconds = SdpText.TryNumber(value, MaxPacketTime, out var maxptime) ? maxptime : null;
        else if (name.SequenceEqual("rtcp-mux"u8))
            _rtcpMux = true;
        else if (name.SequenceEqual("rtcp"u8))
            ReadRtcp(value);
        else if (name.SequenceEqual("crypto"u8))
            ReadCrypto(value);
        else
            _attributes.Add(new SdpAttribute(SdpText.String(name), hasValue ? SdpText.String(value) : null));
    }

    public MediaDescription Build(IPAddress? sessionAddress, MediaDirection sessionDirection, int? sessionPacketMilliseconds) => new()
    {
        Kind = _kind,
        Port = _port,
        Protocol = _protocol,
        FormatList = _formatList,
        Formats = BuildFormats(),
        Address = _hasConnection ? _address : sessionAddress,
        Direction = _direction ?? sessionDirection,
        PacketMilliseconds = _packetMilliseconds ?? sessionPacketMilliseconds,
        MaxPacketMilliseconds = _maxPacketMilliseconds,
        RtcpMux = _rtcpMux,
        RtcpPort = _rtcpPort,
        RtcpAddress = _rtcpAddress,
        Crypto = [.. _crypto],
        HasCrypto = _hasCrypto,
        Attributes = _attributes,
    };

    private static bool IsRtp(ReadOnlySpan<byte> protocol) => protocol.IndexOf("RTP/"u8) >= 0;

    private SdpError ReadPayloadTypes(ReadOnlySpan<byte> formats)
    {
        for (var word = SdpText.NextWord(ref formats); !word.IsEmpty; word = SdpText.NextWord(ref formats))
        {
            if (!SdpText.TryNumber(word, 127, out var payloadType))
                return SdpError.BadMedia;
            if (_payloadTypes.Count == MaxFormats)
                return SdpError.TooLarge;
            if (!_payloadTypes.Contains(payloadType))
                _payloadTypes.Add(payloadType);
        }

        return SdpError.None;
    }

    // rtpmap:<payload type> <encoding name>/<clock rate>[/<channels>]; a malformed one leaves its format without meaning.
    private void ReadRtpMap(ReadOnlySpan<byte> value)
    {
        if (!SdpText.TryNumber(SdpText.NextWord(ref value), 127, out var payloadType) || !_payloadTypes.Contains(payloadType))
            return;

        SdpText.TrySplit(SdpText.NextWord(ref value), (byte)'/', out var name, out var rest);
        var hasChannels = SdpText.TrySplit(rest, (byte)'/', out var rate, out var channelText);
        if (name.IsEmpty || !SdpText.TryNumber(rate, 1_000_000, out var clockRateHz) || clockRateHz == 0)
            return;

        var channels = hasChannels && SdpText.TryNumber(channelText, 255, out var count) ? count : 1;
        if (FindMap(payloadType) is null)
            _maps.Add(new RtpMap(payloadType, SdpText.String(name), clockRateHz, channels));
    }

    private void ReadParameters(ReadOnlySpan<byte> value)
    {
        if (SdpText.TryNumber(SdpText.NextWord(ref value), 127, out var payloadType))
            _parameters.Add((payloadType, SdpText.String(value.Trim((byte)' '))));
    }

    // rtcp:<port> [<nettype> <addrtype> <address>] (RFC 3605 §2.1)
    private void ReadRtcp(ReadOnlySpan<byte> value)
    {
        if (!SdpText.TryNumber(SdpText.NextWord(ref value), IPEndPoint.MaxPort, out var port) || port == 0)
            return;
        _rtcpPort = port;
        SdpText.TryAddress(value, out _rtcpAddress);
    }

    private void ReadCrypto(ReadOnlySpan<byte> value)
    {
        _hasCrypto = true;
        if (SdpCrypto.Read(value) is { } line)
            _crypto.Add(line);
    }

    private List<RtpMap> BuildFormats()
    {
        var formats = new List<RtpMap>(_payloadTypes.Count);
        foreach (var payloadType in _payloadTypes)
        {
            if ((FindMap(payloadType) ?? FindStatic(payloadType)) is { } map)
                formats.Add(FindParameters(payloadType) is { } parameters ? map with { Parameters = parameters } : map);
        }

        return formats;
    }

    private RtpMap? FindMap(int payloadType) => _maps.Find(map => map.PayloadType == payloadType);

    private RtpMap? FindStatic(int payloadType) => _kind == "audio" ? StaticPayloadTypes.Find(payloadType) : null;

    private string? FindParameters(int payloadType)
    {
        foreach (var (number, parameters) in _parameters)
        {
            if (number == payloadType)
                return parameters;
        }

        return null;
    }
}

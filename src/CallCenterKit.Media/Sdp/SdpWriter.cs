using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenterKit.Media.Sdp;

/// <summary>Writes a description in the order RFC 8866 §9 asks for.</summary>
internal static class SdpWriter
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    // Without keys for logs.
    public static void Write(SessionDescription description, IBufferWriter<byte> output, bool withKeys)
    {
        var sessionAddress = FirstAddress(description);
        var text = new StringBuilder(512);
        text.Append("v=0\r\n");
        text.Append(Invariant, $"o={description.Origin.Username} {description.Origin.SessionId} {description.Origin.SessionVersion} IN {Family(description.Origin.Address)} {description.Origin.Address}\r\n");
        text.Append(Invariant, $"s={description.Name}\r\n");
        text.Append(Invariant, $"c={Connection(sessionAddress)}\r\n");
        text.Append("t=0 0\r\n");
        WriteAttributes(text, description.Attributes);
        foreach (var stream in description.Media)
            WriteStream(text, stream, sessionAddress, withKeys);

        Encode(text, output);
    }

    private static void Encode(StringBuilder text, IBufferWriter<byte> output)
    {
        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, characters, text.Length);
        Encoding.UTF8.GetBytes(characters.AsSpan(0, text.Length), output);
        ArrayPool<char>.Shared.Return(characters);
    }

    private static void WriteStream(StringBuilder text, MediaDescription stream, IPAddress sessionAddress, bool withKeys)
    {
        text.Append(Invariant, $"m={stream.Kind} {stream.Port} {stream.Protocol} {stream.FormatList}\r\n");
        if (stream.Port == 0)
            return;                                           // a refused stream needs no more (RFC 3264 §6)

        if (stream.Address is not null && !stream.Address.Equals(sessionAddress))
            text.Append(Invariant, $"c={Connection(stream.Address)}\r\n");
        foreach (var format in stream.Formats)
            WriteFormat(text, format);
        if (stream.PacketMilliseconds is { } packetMilliseconds)
            text.Append(Invariant, $"a=ptime:{packetMilliseconds}\r\n");
        if (stream.MaxPacketMilliseconds is { } maxPacketMilliseconds)
            text.Append(Invariant, $"a=maxptime:{maxPacketMilliseconds}\r\n");
        WriteRtcp(text, stream);
        foreach (var line in stream.Crypto)
            text.Append(Invariant, $"a={SdpCrypto.Attribute}:{line.Write(withKeys)}\r\n");
        WriteAttributes(text, stream.Attributes);
        text.Append(Invariant, $"a={SdpDirection.Word(stream.Direction)}\r\n");
    }

    private static void WriteFormat(StringBuilder text, RtpMap format)
    {
        text.Append(Invariant, $"a=rtpmap:{format.PayloadType} {format.Name}/{format.ClockRateHz}");
        if (format.Channels > 1)
            text.Append('/').Append(format.Channels);
        text.Append("\r\n");
        if (format.Parameters is not null)
            text.Append(Invariant, $"a=fmtp:{format.PayloadType} {format.Parameters}\r\n");
    }

    private static void WriteRtcp(StringBuilder text, MediaDescription stream)
    {
        if (stream.RtcpPort is { } port)
            text.Append(Invariant, $"a=rtcp:{port}").Append(stream.RtcpAddress is { } address ? $" {Connection(address)}\r\n" : "\r\n");
        if (stream.RtcpMux)
            text.Append("a=rtcp-mux\r\n");
    }

    private static void WriteAttributes(StringBuilder text, IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
            text.Append("a=").Append(attribute.Name).Append(attribute.Value is null ? "" : ":").Append(attribute.Value).Append("\r\n");
    }

    private static IPAddress FirstAddress(SessionDescription description)
    {
        foreach (var stream in description.Media)
        {
            if (stream.Address is not null)
                return stream.Address;
        }

        return IPAddress.TryParse(description.Origin.Address, out var origin) ? origin : IPAddress.Any;
    }

    private static string Family(string address) => address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";

    private static string Connection(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"IN IP6 {address}" : $"IN IP4 {address}";
}

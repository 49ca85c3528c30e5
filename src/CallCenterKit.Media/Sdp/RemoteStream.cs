using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Sdp;

/// <summary>What the remote side says about one stream, read with our address and codecs in mind.</summary>
internal sealed class RemoteStream(MediaDescription description)
{
    private const int FrameMilliseconds = 20;
    private const int MaxFrames = 3;

    public IReadOnlyList<RtpMap> Formats => description.Formats;

    /// <summary>With the any-address it takes no packets, whatever it says (RFC 3264 §8.4).</summary>
    public MediaDirection Direction => IsAny(description.Address!)
        ? description.Direction.LimitedTo(MediaDirection.SendOnly)
        : description.Direction;

    public bool RtcpMux => description.RtcpMux;

    public IPEndPoint Rtp => new(Plain(description.Address!), description.Port);

    public IPEndPoint Rtcp => new(
        Plain(description.RtcpAddress ?? description.Address!),
        description.RtcpPort ?? Math.Min(description.Port + 1, IPEndPoint.MaxPort));

    public SdpOutcome Check(AddressFamily family)
    {
        if (description is not { Kind: "audio", Port: not 0, Protocol: "RTP/AVP" or "RTP/AVPF" or "RTP/SAVP" or "RTP/SAVPF" })
            return SdpOutcome.NoAudio;
        return IsUsable(description.Address, family) && (description.RtcpAddress is null || IsUsable(description.RtcpAddress, family))
            ? SdpOutcome.Accepted
            : SdpOutcome.UnusableAddress;
    }

    public RtpMap? Find(AudioCodec codec)
    {
        foreach (var format in description.Formats)
        {
            if (IsSame(format, codec))
                return format;
        }

        return null;
    }

    public static bool IsSame(RtpMap format, AudioCodec codec) =>
        format.ClockRateHz == codec.RtpClockRateHz
        && format.Channels == 1
        && format.Name.Equals(codec.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the remote side likes to receive, in whole frames of ours.</summary>
    public int PacketMilliseconds(int preferred)
    {
        var wanted = Math.Min(description.PacketMilliseconds ?? preferred, description.MaxPacketMilliseconds ?? int.MaxValue);
        return Math.Clamp(wanted / FrameMilliseconds, 1, MaxFrames) * FrameMilliseconds;
    }

    private static bool IsUsable(IPAddress? address, AddressFamily family)
    {
        if (address is null)
            return false;
        var plain = Plain(address);
        return plain.AddressFamily == family
            && !plain.Equals(IPAddress.Broadcast)
            && !plain.IsIPv6Multicast
            && !(family == AddressFamily.InterNetwork && (plain.GetAddressBytes()[0] & 0xF0) == 0xE0);
    }

    private static bool IsAny(IPAddress address) => Plain(address) is var plain && (plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

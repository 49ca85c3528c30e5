using System.Net;

namespace CallCenterKit.Media.Sdp;

/// <summary>One stream of a session description: an <c>m=</c> line with what belongs to it (RFC 8866 §5.14). Immutable.</summary>
public sealed record MediaDescription
{
    /// <summary>The media type, such as <c>audio</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where the maker wants packets; 0 says the stream is refused or switched off (RFC 3264 §6).</summary>
    public required int Port { get; init; }

    /// <summary>The transport, such as <c>RTP/AVP</c>, or <c>RTP/SAVP</c> for encrypted audio.</summary>
    public required string Protocol { get; init; }

    /// <summary>The formats as they stand on the line, such as <c>8 0 101</c>.</summary>
    public required string FormatList { get; init; }

    /// <summary>
    /// The meaning of each format in order of preference, static ones included (RFC 3551 §6); formats of unknown
    /// meaning are left out, and so are all where <see cref="Protocol"/> is no RTP.
    /// </summary>
    public IReadOnlyList<RtpMap> Formats { get; init; } = [];

    /// <summary>Where the maker wants packets; null if it is missing or not an IP address. The any-address asks for hold (RFC 3264 §8.4).</summary>
    public IPAddress? Address { get; init; }

    /// <summary>As its maker says it.</summary>
    public MediaDirection Direction { get; init; } = MediaDirection.SendReceive;

    /// <summary>Milliseconds of audio per packet the maker likes to receive (<c>ptime</c>).</summary>
    public int? PacketMilliseconds { get; init; }

    /// <summary>The most milliseconds of audio in a packet (<c>maxptime</c>).</summary>
    public int? MaxPacketMilliseconds { get; init; }

    /// <summary>RTCP may share the RTP port (RFC 5761 §5.1.1).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>The RTCP port where it is not the one after <see cref="Port"/> (RFC 3605).</summary>
    public int? RtcpPort { get; init; }

    /// <summary>The RTCP address where it is not <see cref="Address"/> (RFC 3605).</summary>
    public IPAddress? RtcpAddress { get; init; }

    /// <summary>The lines that offer or take a key and that we can read, in order of preference. Internal, so that a record prints no key.</summary>
    internal SdpCrypto[] Crypto { get; init; } = [];

    /// <summary>There is a line with a key, readable or not.</summary>
    internal bool HasCrypto { get; init; }

    /// <summary>Attributes that have no property here; keys are never among them.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];
}

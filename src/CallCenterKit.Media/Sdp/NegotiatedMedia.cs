using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Sdp;

/// <summary>What offer and answer agreed for the audio stream of a leg. Immutable.</summary>
public sealed record NegotiatedMedia
{
    /// <summary>Where the remote side wants RTP; the any-address when it asked for hold the old way (RFC 3264 §8.4): nothing may be sent then.</summary>
    public required IPEndPoint RemoteRtp { get; init; }

    /// <summary>Where the remote side wants RTCP: the next port, what <c>a=rtcp</c> says (RFC 3605), or <see cref="RemoteRtp"/> when multiplexed.</summary>
    public required IPEndPoint RemoteRtcp { get; init; }

    /// <summary>What we send, and what we expect unless a packet's payload type says otherwise.</summary>
    public required AudioCodec Codec { get; init; }

    /// <summary>The number we put into packets of <see cref="Codec"/>.</summary>
    public required int PayloadType { get; init; }

    /// <summary>The number we put into telephone events; null if the remote side takes none.</summary>
    public int? TelephoneEventPayloadType { get; init; }

    /// <summary>The number the remote side puts into packets of <see cref="Codec"/>.</summary>
    public required int ReceivePayloadType { get; init; }

    /// <summary>The number the remote side puts into telephone events; null if it sends none.</summary>
    public int? ReceiveTelephoneEventPayloadType { get; init; }

    /// <summary>All formats the remote side may send and switch between without asking; <see cref="Codec"/> is the first.</summary>
    public required IReadOnlyList<ReceiveFormat> ReceiveFormats { get; init; }

    /// <summary>Ours: whether we send and receive.</summary>
    public required MediaDirection Direction { get; init; }

    /// <summary>The remote side does not want to hear us: it asked for hold (sendonly, inactive or the any-address).</summary>
    public bool HeldByRemote { get; init; }

    /// <summary>Milliseconds of audio per packet we send: 20, 40 or 60.</summary>
    public int PacketMilliseconds { get; init; } = 20;

    /// <summary>RTCP shares the RTP port both ways (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>How RTP and RTCP are encrypted; null where they are plain.</summary>
    public SrtpParameters? Srtp { get; init; }

    /// <summary>Finds the format of a received packet; null if it was not agreed. Does not allocate.</summary>
    /// <param name="payloadType">0 to 127.</param>
    public AudioCodec? CodecFor(int payloadType)
    {
        if (payloadType == ReceivePayloadType)
            return Codec;
        for (var i = 0; i < ReceiveFormats.Count; i++)
        {
            if (ReceiveFormats[i].PayloadType == payloadType)
                return ReceiveFormats[i].Codec;
        }

        return null;
    }
}

using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Recording;

/// <summary>Counts the packets that are missing in a stream: a sender that pauses leaves no number out. The media thread's.</summary>
internal sealed class PacketGaps
{
    /// <summary>A larger step is a stream that began anew.</summary>
    private const int MostMissing = 1000;

    private bool _hasBegun;
    private uint _ssrc;
    private ushort _newest;

    /// <summary>Takes a packet, whatever it holds.</summary>
    /// <returns>How many right before it have not come; 0 for the first of a stream, and for one that is late itself.</returns>
    public ushort Note(in RtpHeader header)
    {
        var ahead = RtpArithmetic.SequenceDistance(_newest, header.SequenceNumber);
        if (!_hasBegun || header.Ssrc != _ssrc || Math.Abs(ahead) > MostMissing)
        {
            (_hasBegun, _ssrc, _newest) = (true, header.Ssrc, header.SequenceNumber);
            return 0;
        }

        if (ahead <= 0)
            return 0;
        _newest = header.SequenceNumber;
        return (ushort)(ahead - 1);
    }

    /// <summary>Whatever comes next is the first.</summary>
    public void Forget() => _hasBegun = false;
}

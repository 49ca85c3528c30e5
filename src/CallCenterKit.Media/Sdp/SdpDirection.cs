namespace CallCenterKit.Media.Sdp;

/// <summary>The words for a direction (RFC 8866 §6.7).</summary>
internal static class SdpDirection
{
    public static bool TryRead(ReadOnlySpan<byte> name, out MediaDirection direction)
    {
        direction = MediaDirection.SendReceive;
        if (name.SequenceEqual("sendrecv"u8))
            return true;
        if (name.SequenceEqual("sendonly"u8))
            direction = MediaDirection.SendOnly;
        else if (name.SequenceEqual("recvonly"u8))
            direction = MediaDirection.ReceiveOnly;
        else if (name.SequenceEqual("inactive"u8))
            direction = MediaDirection.Inactive;
        return direction != MediaDirection.SendReceive;
    }

    public static string Word(MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.ReceiveOnly => "recvonly",
        MediaDirection.Inactive => "inactive",
        _ => "sendrecv",
    };
}

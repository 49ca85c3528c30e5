using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>One named event as it stands in a packet (RFC 4733 §2.3).</summary>
/// <param name="Event">0 to 9 are the digits, 10 is *, 11 is #, 12 to 15 are A to D (RFC 4733 §3.2); others are not keys.</param>
/// <param name="End">The event is over and <paramref name="Duration"/> final.</param>
/// <param name="Volume">Power below 0 dBm0 in dB, 0 to 63.</param>
/// <param name="Duration">Ticks of the RTP clock since the packet's timestamp.</param>
public readonly record struct TelephoneEventPayload(byte Event, bool End, byte Volume, ushort Duration)
{
    /// <summary>Bytes of one event.</summary>
    public const int Size = 4;

    private const string Keys = "0123456789*#ABCD";

    /// <summary>The key as people write it; null if the event is none of the sixteen.</summary>
    public char? Digit => Event < Keys.Length ? Keys[Event] : null;

    /// <summary>Finds the event of a key.</summary>
    /// <param name="digit">0-9, *, #, A-D; lower case letters count too.</param>
    /// <param name="eventCode">0 to 15.</param>
    /// <returns>False if it is no key.</returns>
    public static bool TryGetEvent(char digit, out byte eventCode)
    {
        var index = Keys.IndexOf(char.ToUpperInvariant(digit));
        eventCode = (byte)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Reads the first event of a payload.</summary>
    /// <param name="payload">Whatever a packet of that payload type holds.</param>
    /// <param name="result">The event.</param>
    /// <returns>False if the payload is too short.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out TelephoneEventPayload result)
    {
        result = default;
        if (payload.Length < Size)
            return false;
        result = new TelephoneEventPayload(
            payload[0],
            (payload[1] & 0x80) != 0,
            (byte)(payload[1] & 0x3F),
            BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    /// <summary>Writes the event.</summary>
    /// <param name="payload">At least <see cref="Size"/> bytes.</param>
    /// <returns><see cref="Size"/>.</returns>
    public int Write(Span<byte> payload)
    {
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
        payload[1] = (byte)((End ? 0x80 : 0) | (Volume & 0x3F));
        payload[0] = Event;
        return Size;
    }
}

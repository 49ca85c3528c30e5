using System.Buffers.Binary;
using System.Text;

namespace CallCenterKit.Sip.Resolving;

/// <summary>Reads a message of RFC 1035 §4 where it lies. Nothing here throws, whatever the message holds.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int MaxNameLength = 255;

    private readonly ReadOnlySpan<byte> _message = message;

    public int Position { get; private set; }

    public bool TryReadUInt16(out ushort value)
    {
        value = 0;
        if (!TryRead(sizeof(ushort), out var bytes))
            return false;
        value = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (!TryRead(sizeof(uint), out var bytes))
            return false;
        value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return true;
    }

    public bool TryRead(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _message.Length - Position)
            return false;
        bytes = _message.Slice(Position, length);
        Position += length;
        return true;
    }

    /// <summary>A length and as many characters (RFC 1035 §3.3).</summary>
    public bool TryReadText(out string text)
    {
        text = "";
        if (!TryRead(1, out var length) || !TryRead(length[0], out var characters))
            return false;
        text = Encoding.ASCII.GetString(characters);
        return true;
    }

    /// <summary>
    /// A name, possibly compressed (RFC 1035 §4.1.4), in lower case. A pointer must lead to before the place it was reached
    /// from, so that no chain of them is endless; a label with characters that no host name has is a fault.
    /// </summary>
    public bool TryReadName(out string name)
    {
        name = "";
        Span<char> text = stackalloc char[MaxNameLength];
        int length = 0, at = Position, end = -1, limit = at;
        while (at < _message.Length)
        {
            int octet = _message[at];
            switch (octet & 0xC0)
            {
                case 0xC0:
                    if (at + 1 >= _message.Length)
                        return false;
                    if (end < 0)
                        end = at + 2;
                    at = ((octet & 0x3F) << 8) | _message[at + 1];
                    if (at >= limit)
                        return false;
                    limit = at;
                    break;
                case 0 when octet == 0:
                    Position = end < 0 ? at + 1 : end;
                    name = new(text[..length]);
                    return true;
                case 0:
                    if (at + 1 + octet > _message.Length || !TryAppend(text, ref length, _message.Slice(at + 1, octet)))
                        return false;
                    at += 1 + octet;
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static bool TryAppend(Span<char> text, ref int length, ReadOnlySpan<byte> label)
    {
        if (length + label.Length + 1 > text.Length)
            return false;
        if (length > 0)
            text[length++] = '.';
        foreach (var octet in label)
        {
            if (octet is <= (byte)' ' or >= 0x7F or (byte)'.')
                return false;
            text[length++] = char.ToLowerInvariant((char)octet);
        }
        return true;
    }
}

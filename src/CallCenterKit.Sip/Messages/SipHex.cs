namespace CallCenterKit.Sip.Messages;

/// <summary>64-bit numbers as 16 lower-case hexadecimal digits.</summary>
internal static class SipHex
{
    internal const int Length = 16;

    internal static void Write(Span<byte> destination, ulong value)
    {
        for (var i = Length - 1; i >= 0; i--, value >>= 4) destination[i] = "0123456789abcdef"u8[(int)(value & 15)];
    }

    internal static bool TryRead(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        foreach (var character in text)
        {
            var digit = SipText.HexDigit(character);
            if (digit < 0) return false;
            value = (value << 4) | (uint)digit;
        }

        return true;
    }
}

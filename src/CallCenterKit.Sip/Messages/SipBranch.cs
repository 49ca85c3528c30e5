namespace CallCenterKit.Sip.Messages;

/// <summary>Branches of our own requests: the magic cookie (RFC 3261 §8.1.1.7) and a number, so that a response is found without comparing text.</summary>
internal static class SipBranch
{
    internal const int Length = 7 + 16;

    internal static ReadOnlySpan<byte> Cookie => "z9hG4bK"u8;

    internal static void Write(Span<byte> destination, ulong id)
    {
        Cookie.CopyTo(destination);
        SipHex.Write(destination[7..], id);
    }

    /// <summary>False for a branch that is not of our making.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> branch, out ulong id)
    {
        id = 0;
        return branch.Length == Length && branch.StartsWith(Cookie) && SipHex.TryRead(branch[7..], out id);
    }
}

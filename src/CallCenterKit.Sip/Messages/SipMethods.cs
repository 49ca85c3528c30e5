namespace CallCenterKit.Sip.Messages;

/// <summary>Method names as they stand on the wire; case-sensitive (RFC 3261 §7.1).</summary>
internal static class SipMethods
{
    internal const int Count = (int)SipMethod.Publish + 1;

    private static readonly byte[][] Names =
    [
        [], "INVITE"u8.ToArray(), "ACK"u8.ToArray(), "BYE"u8.ToArray(), "CANCEL"u8.ToArray(), "OPTIONS"u8.ToArray(),
        "REGISTER"u8.ToArray(), "PRACK"u8.ToArray(), "UPDATE"u8.ToArray(), "INFO"u8.ToArray(), "SUBSCRIBE"u8.ToArray(),
        "NOTIFY"u8.ToArray(), "REFER"u8.ToArray(), "MESSAGE"u8.ToArray(), "PUBLISH"u8.ToArray(),
    ];

    /// <summary>Empty for <see cref="SipMethod.Unknown"/>.</summary>
    internal static ReadOnlySpan<byte> Name(SipMethod method) => Names[(int)method];

    internal static SipMethod Find(ReadOnlySpan<byte> name)
    {
        for (var i = 1; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i])) return (SipMethod)i;
        }

        return SipMethod.Unknown;
    }
}

using System.Net;

namespace CallCenterKit.Sip.Resolving;

/// <summary>A record as it is used: names are lower-case without the dot at the end, the root is "".</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="TtlSeconds">How long it may be kept.</param>
internal abstract record DnsRecord(string Owner, uint TtlSeconds)
{
    /// <summary>A or AAAA.</summary>
    internal sealed record Address(string Owner, uint TtlSeconds, IPAddress Value) : DnsRecord(Owner, TtlSeconds);

    /// <summary>The owner is another name for the target (RFC 1035 §3.3.1).</summary>
    internal sealed record Alias(string Owner, uint TtlSeconds, string Target) : DnsRecord(Owner, TtlSeconds);

    /// <summary>RFC 2782. The target "" says that there is no such service here.</summary>
    internal sealed record Server(string Owner, uint TtlSeconds, ushort Priority, ushort Weight, ushort Port, string Target) : DnsRecord(Owner, TtlSeconds);

    /// <summary>NAPTR without its regular expression, which SIP does not use (RFC 3263 §4.1).</summary>
    internal sealed record Pointer(string Owner, uint TtlSeconds, ushort Order, ushort Preference, string Flags, string Service, string Replacement)
        : DnsRecord(Owner, TtlSeconds);

    /// <summary>SOA; of it only how long an absence may be kept (RFC 2308 §4).</summary>
    internal sealed record Authority(string Owner, uint TtlSeconds, uint Minimum) : DnsRecord(Owner, TtlSeconds);
}

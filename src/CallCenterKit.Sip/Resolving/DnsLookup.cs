namespace CallCenterKit.Sip.Resolving;

/// <summary>What became of a lookup.</summary>
internal abstract record DnsLookup
{
    private DnsLookup()
    {
    }

    /// <summary>At least one record of the type that was asked for.</summary>
    internal sealed record Found(IReadOnlyList<DnsRecord> Records) : DnsLookup;

    /// <summary>The name does not exist, or has no record of this type.</summary>
    internal sealed record Nothing : DnsLookup;

    /// <summary>No server gave a usable answer.</summary>
    internal sealed record Failed(string Why) : DnsLookup;
}

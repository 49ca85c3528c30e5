namespace CallCenterKit.Sip.Resolving;

/// <summary>Answers questions about names. Any thread.</summary>
internal interface IDnsLookups
{
    /// <param name="name">Normalized (<see cref="DnsName"/>).</param>
    /// <param name="type">What is asked for; aliases are followed.</param>
    /// <param name="cancellationToken">Ends the waiting only.</param>
    ValueTask<DnsLookup> LookUpAsync(string name, DnsType type, CancellationToken cancellationToken);
}

namespace CallCenterKit.Records;

/// <summary>Keeps call records for the life of the process: for tests and first steps.</summary>
public sealed class InMemoryCallRecordStore : ICallRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InteractionId, CallRecord> _records = [];
    private long _position;

    /// <inheritdoc />
    public ValueTask<long> GetPositionAsync(CancellationToken cancellationToken)
    {
        lock (_lock) { return new(_position); }
    }

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyCollection<CallRecord> changed, long position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_lock)
        {
            foreach (var record in changed)
                _records[record.Interaction] = record;
            _position = position;
        }
        return default;
    }

    /// <inheritdoc />
    public ValueTask<CallRecord?> FindAsync(InteractionId interaction, CancellationToken cancellationToken)
    {
        lock (_lock) { return new(_records.GetValueOrDefault(interaction)); }
    }

    /// <inheritdoc />
    public ValueTask<AgentId?> FindLastAgentAsync(PartyId party, CancellationToken cancellationToken)
    {
        lock (_lock) { return new(OfParty(party).FirstOrDefault(record => record.Agent is not null)?.Agent); }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CallRecord>> ListOfPartyAsync(PartyId party, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        lock (_lock) { return new([.. OfParty(party).Take(limit)]); }
    }

    private IEnumerable<CallRecord> OfParty(PartyId party) =>
        _records.Values.Where(record => record.Party == party).OrderByDescending(record => record.StartedAt);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CallRecord>> ListOpenAsync(CancellationToken cancellationToken)
    {
        lock (_lock) { return new([.. _records.Values.Where(record => record.IsOpen)]); }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CallRecord>> ListAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        lock (_lock)
        {
            return new([.. _records.Values
                .Where(record => record.StartedAt >= from && record.StartedAt < to)
                .OrderByDescending(record => record.StartedAt)
                .Take(limit)]);
        }
    }
}

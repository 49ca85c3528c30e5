namespace CallCenterKit.Records;

/// <summary>Keeps call records: the projection of the journal that hosts read.</summary>
/// <remarks>Any thread. <see cref="CommitAsync"/> has one caller, the projection.</remarks>
public interface ICallRecordStore
{
    /// <summary>The journal position up to which the records are complete; 0 when there are none.</summary>
    ValueTask<long> GetPositionAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the records, new or changed, and the position, all or nothing.</summary>
    ValueTask CommitAsync(IReadOnlyCollection<CallRecord> changed, long position, CancellationToken cancellationToken);

    /// <summary>One record; null when there is none.</summary>
    ValueTask<CallRecord?> FindAsync(InteractionId interaction, CancellationToken cancellationToken);

    /// <summary>The agent who spoke with the party last; null when none did.</summary>
    ValueTask<AgentId?> FindLastAgentAsync(PartyId party, CancellationToken cancellationToken);

    /// <summary>The newest records of the party, newest first.</summary>
    /// <param name="party">Whose.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<CallRecord>> ListOfPartyAsync(PartyId party, int limit, CancellationToken cancellationToken);

    /// <summary>Records that have not ended, or whose after-call work has not.</summary>
    ValueTask<IReadOnlyList<CallRecord>> ListOpenAsync(CancellationToken cancellationToken);

    /// <summary>The newest records that began in the span, newest first.</summary>
    /// <param name="from">First instant, inclusive.</param>
    /// <param name="to">Last instant, exclusive.</param>
    /// <param name="limit">1 to 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<CallRecord>> ListAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);
}

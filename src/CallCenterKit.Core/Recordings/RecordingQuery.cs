namespace CallCenterKit.Recordings;

/// <summary>Which recordings are looked for: those that meet every condition given. Newest first.</summary>
public sealed record RecordingQuery
{
    /// <summary>The most that one page can hold.</summary>
    public const int MostPerPage = 1_000;

    /// <summary>The whole number of whoever called.</summary>
    public string? Caller { get; init; }

    /// <summary>The whole number that was dialled.</summary>
    public string? Dialled { get; init; }

    /// <summary>Who was in the call.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>Which phone was in the call.</summary>
    public EndpointId? Extension { get; init; }

    /// <summary>Who the customer is.</summary>
    public PartyId? Customer { get; init; }

    /// <summary>The interaction.</summary>
    public InteractionId? Interaction { get; init; }

    /// <summary>The queue it belongs to.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>What came of the call.</summary>
    public string? Disposition { get; init; }

    /// <summary>Begun at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Begun before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those with a star.</summary>
    public bool Starred { get; init; }

    /// <summary>Only those under legal hold.</summary>
    public bool Held { get; init; }

    /// <summary>Only those on this list.</summary>
    public string? List { get; init; }

    /// <summary>Conversations or messages; null is both.</summary>
    public RecordingKind? Kind { get; init; }

    /// <summary>Only messages left in this mailbox, those that a legal hold alone keeps included.</summary>
    public MailboxId? Mailbox { get; init; }

    /// <summary>Only messages that nobody has heard.</summary>
    public bool Unheard { get; init; }

    /// <summary>Whether those whose audio was erased are among them.</summary>
    public bool WithErased { get; init; }

    /// <summary>The most at once, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Goes on behind this one: <see cref="RecordingPage.Next"/>; null begins.</summary>
    public RecordingMark? After { get; init; }

    /// <summary>Whether a recording meets every condition, its place behind <see cref="After"/> included.</summary>
    public bool Matches(StoredRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return Is(Caller, recording.Caller)
            && Is(Dialled, recording.Dialled)
            && Is(Disposition, recording.Disposition)
            && (Agent is not { } agent || recording.Agents.Contains(agent))
            && (Extension is not { } extension || recording.Extensions.Contains(extension))
            && (Customer is null || recording.Customer == Customer)
            && (Interaction is null || recording.Interaction == Interaction)
            && (Queue is null || recording.Queue == Queue)
            && (From is null || recording.StartedAt >= From)
            && (To is null || recording.StartedAt < To)
            && (!Starred || recording.Starred)
            && (!Held || recording.Hold is not null)
            && (List is null || recording.Lists.Contains(List))
            && (Kind is null || recording.Kind == Kind)
            && (Mailbox is null || recording.Mailbox == Mailbox)
            && (!Unheard || recording is { Kind: RecordingKind.Voicemail, Heard: null })
            && (WithErased || recording.Erased is null)
            && (After is not { } mark || mark.CompareTo(RecordingMark.Of(recording)) > 0);
    }

    /// <summary>Refuses a page of no size, or of too great a one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="PageSize"/> is not 1 to 1,000.</exception>
    public void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PageSize, MostPerPage);
    }

    private static bool Is(string? wanted, string? value) => wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);
}

/// <summary>What was found.</summary>
/// <param name="Recordings">Newest first.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record RecordingPage(IReadOnlyList<StoredRecording> Recordings, RecordingMark? Next);

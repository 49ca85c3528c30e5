namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>One call of a <see cref="CallerStream"/>.</summary>
internal sealed class Caller(InteractionId interaction, long number, DateTimeOffset arrivedAt, double lot)
{
    public InteractionId Interaction { get; } = interaction;

    /// <summary>Counts up from 0 in the order of arrival.</summary>
    public long Number { get; } = number;

    public DateTimeOffset ArrivedAt { get; } = arrivedAt;

    /// <summary>Since the caller before it, in seconds.</summary>
    public required double InterarrivalSeconds { get; init; }

    /// <summary>How long it will talk if an agent answers, as it was drawn.</summary>
    public required double HandlingSeconds { get; init; }

    /// <summary>The same in whole microseconds, as instants of the library are.</summary>
    public required TimeSpan Handling { get; init; }

    /// <summary>How long it is going to wait before it hangs up, in whole microseconds; null is for ever.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Uniform, from 0 to less than 1, independent of all else: tags a share of the callers.</summary>
    public double Lot { get; } = lot;

    /// <summary>When it hangs up unless an agent answers before; null is never.</summary>
    public DateTimeOffset? PatientUntil { get; set; }

    /// <summary>Who answered; null before.</summary>
    public AgentId? Agent { get; set; }

    /// <summary>As the engine says it; zero until it was answered or left.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Neither answered nor gone.</summary>
    public bool IsWaiting { get; set; } = true;
}

using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Documents;

/// <summary>What a flow may name outside of itself. What is null is not checked.</summary>
public sealed record FlowReferences
{
    /// <summary>Where its prompts must be.</summary>
    public IPromptCatalog? Prompts { get; init; }

    /// <summary>The queues there are.</summary>
    public IReadOnlySet<string>? Queues { get; init; }

    /// <summary>The flows there are.</summary>
    public IReadOnlySet<string>? Flows { get; init; }
}

using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Ivr;

/// <summary>What all flows of a center share.</summary>
public sealed class FlowEnvironment
{
    /// <summary>Where prompts are found.</summary>
    public required IPromptCatalog Prompts { get; init; }

    /// <summary>The folder of the prompts that verbs say by themselves.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The languages in which numbers, amounts and times can be said.</summary>
    public IReadOnlyList<SpokenLanguage> Languages { get; init; } = [new SpokenEnglish(), new SpokenLithuanian()];

    /// <summary>Where texts nobody has recorded become sound; null where they do not.</summary>
    public SpokenTexts? Texts { get; init; }

    /// <summary>The flows that a flow can go on to; none by default.</summary>
    public IFlowCatalog Flows { get; init; } = new NoFlows();

    /// <summary>Where time comes from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where a flow leaves while it waits inside a verb.</summary>
    public IRunningWork Work { get; init; } = RunningWork.Uncounted;

    /// <summary>Event ids 4000 to 4999.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    private sealed class NoFlows : IFlowCatalog
    {
        public IFlow? Find(string name) => null;
    }
}

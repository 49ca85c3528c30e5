using CallCenterKit.Metrics;
using CallCenterKit.Records;
using CallCenterKit.Testing;

namespace ConsolePbx.Demo;

/// <summary>What was seen: by the phones, and by the center.</summary>
/// <param name="Registrations">How each phone was registered.</param>
/// <param name="Outcomes">What became of each call of the script.</param>
/// <param name="Records">The center's call records.</param>
/// <param name="Figures">The center's figures, all queues together.</param>
internal sealed record DemoResult(
    IReadOnlyList<ScriptedRegistrationOutcome?> Registrations,
    IReadOnlyList<DemoOutcome> Outcomes,
    IReadOnlyList<CallRecord> Records,
    QueueFigures Figures);

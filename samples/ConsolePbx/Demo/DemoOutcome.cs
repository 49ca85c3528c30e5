using CallCenterKit.Testing;

namespace ConsolePbx.Demo;

/// <summary>What became of one call, as the two phones saw it.</summary>
/// <param name="Call">The script.</param>
/// <param name="Caller">What the caller went through.</param>
/// <param name="CallerHeardBefore">Level in dB of what the caller heard from the machine before somebody took the call.</param>
/// <param name="Agent">The call on the phone of whoever took it; null when nobody did.</param>
internal sealed record DemoOutcome(DemoCall Call, CallerResult Caller, double CallerHeardBefore, ScriptedCall? Agent)
{
    /// <summary>By the phones' clocks: from entering the queue to an agent's answer, or to giving up.</summary>
    /// <remarks>Too long by what the menu takes beyond its prompt; a direct call to a queue meets no menu.</remarks>
    public TimeSpan Waited => ((Agent?.AnsweredAt ?? Caller.Call.EndedAt) - Caller.Call.AnsweredAt - Machine) ?? TimeSpan.Zero;

    /// <summary>By the agent's clock.</summary>
    public TimeSpan Talked => Agent is { AnsweredAt: { } from, EndedAt: { } to } ? to - from : TimeSpan.Zero;

    private TimeSpan Machine => Call.Key is { } key ? key.After + DemoVoices.HoldPrompt : TimeSpan.Zero;
}

using CallCenterKit.Queues;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>
/// Compares the engine with the <see cref="PlainLine"/>, caller by caller to the microsecond. With that, what the line shows of
/// theory over millions of callers holds for the engine.
/// </summary>
internal static class EngineAgainstLine
{
    private static int Callers => Agreement.IsFull ? 500_000 : 100_000;

    /// <summary>Each caller of the engine waits as long as in the line, and is answered or hangs up as there.</summary>
    public static void AssertSame(Traffic traffic, ulong seed)
    {
        var line = new PlainLine(traffic, seed);
        var expected = new (TimeSpan Waited, bool IsAnswered)[Callers];
        for (var number = 0; number < expected.Length; number++)
        {
            var (caller, isAnswered) = line.Next();
            expected[number] = (caller.Waited, isAnswered);
        }
        var met = 0;
        new CenterSimulation(traffic, seed)
        {
            Answered = caller => Meet(caller, isAnswered: true),
            Released = (caller, outcome) => Meet(caller, isAnswered: outcome is not QueueOutcome.Abandoned),
        }.Run(expected.Length);
        Assert.Equal(expected.Length, met);

        void Meet(Caller caller, bool isAnswered)
        {
            met++;
            if (expected[caller.Number] != (caller.Waited, isAnswered))
                Assert.Fail($"Caller {caller.Number}: {(caller.Waited, isAnswered)}, in the line {expected[caller.Number]}.");
        }
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>One step of a random day: what is done, by whom, and how much time passes before.</summary>
public sealed record Step(int What, int Who, int Which, int Milliseconds);

/// <summary>A random day. The seed gives the models, the time of day and the draws of the engine.</summary>
public sealed record Day(int Seed, Step[] Steps)
{
    public const int FewestSteps = 500;

    private static readonly Gen<Step> AnyStep = Gen.Choose(0, 1_000_000_000).Select(StepOf);

    public static Gen<Day> Any { get; } =
        from seed in Gen.Choose(0, 1_000_000)
        from length in Gen.Choose(FewestSteps, FewestSteps + 60)
        from steps in AnyStep.ArrayOf(length)
        select new Day(seed, steps);

    /// <summary>The day without each of its halves, quarters and so on, down to single steps.</summary>
    public static IEnumerable<Day> Shorten(Day day)
    {
        var steps = day.Steps;
        for (var length = steps.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < steps.Length; start += length)
                yield return day with { Steps = [.. steps[..start], .. steps[Math.Min(start + length, steps.Length)..]] };
        }
    }

    /// <summary>Often no time passes, sometimes a moment, sometimes seconds.</summary>
    private static Step StepOf(int seed)
    {
        var dice = new Dice((ulong)seed);
        return new(dice.Roll(100), dice.Roll(1_000), dice.Roll(1_000), dice.Roll(8) switch
        {
            < 4 => 0,
            < 7 => 1 + dice.Roll(800),
            _ => 500 + dice.Roll(7_500),
        });
    }
}

using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>
/// 2,000 random days of at least 500 commands each, with all rules watched on each; CALLCENTERKIT_FULL=1 plays twice as many.
/// CALLCENTERKIT_SEED plays the days of a printed seed again; one that was printed in the full form needs that form.
/// </summary>
internal static class RandomDays
{
    public static readonly int Runs = Environment.GetEnvironmentVariable("CALLCENTERKIT_FULL") == "1" ? 4_000 : 2_000;

    public static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("CALLCENTERKIT_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static readonly Lazy<string?> First = new(() => FirstObjection(Rules.All, EngineMaker.Honest, Seed, shortens: true));

    public static IEnumerable<Day> Some(int many) => Day.Any.Sample(many, new Rnd(Seed, 1), 50);

    /// <summary>What the referee of the honest engine says first, with the rule, the seed and the shortest day; null when it never objects.</summary>
    public static string? FirstObjection() => First.Value;

    public static string? FirstObjection(Rules rules, EngineMaker maker, ulong seed, bool shortens)
    {
        var days = shortens ? Arb.From(Day.Any, Day.Shorten) : Arb.From(Day.Any);
        var replay = new Replay(new Rnd(seed, 1), FSharpOption<int>.None);
        try
        {
            Prop.ForAll(days, day => Trial.Play(day, maker, rules)).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithQuietOnSuccess(true).WithReplay(replay));
            return null;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}

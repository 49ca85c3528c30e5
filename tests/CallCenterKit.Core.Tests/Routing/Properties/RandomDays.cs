using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>
/// 2,000 random days of at least 500 commands each. CALLCENTERKIT_SEED plays the days of a printed seed again;
/// CALLCENTERKIT_FULL=1 plays other days for each rule, else all rules are watched on the same.
/// </summary>
internal static class RandomDays
{
    public const int Runs = 2_000;

    public static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("CALLCENTERKIT_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static readonly Lazy<string?> Shared = new(() => FirstObjection(Rules.All, EngineMaker.Honest, Seed, shortens: true));

    private static bool IsFull => Environment.GetEnvironmentVariable("CALLCENTERKIT_FULL") == "1";

    public static IEnumerable<Day> Some(int many) => Day.Any.Sample(many, new Rnd(Seed, 1), 50);

    /// <summary>What the referee says first, with the rule, the seed and the shortest day; null when it never objects.</summary>
    public static string? FirstObjection(Rules rule) =>
        IsFull ? FirstObjection(rule, EngineMaker.Honest, Seed + (ulong)rule, shortens: true) : Shared.Value;

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

using System.Globalization;
using System.Security.Cryptography;

namespace CallCenterKit.Sip.Tests.RandomCalls;

/// <summary>
/// Whatever the parties and the network do, every call ends and leaves nothing. CALLCENTERKIT_SEED plays the plans and
/// the network of a printed seed again, though tags, and with them the waits after a collision, are drawn anew; CALLCENTERKIT_FULL=1
/// plays 10,000 calls.
/// </summary>
public sealed class RandomCallsTests(ITestOutputHelper output)
{
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("CALLCENTERKIT_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static bool IsFull => Environment.GetEnvironmentVariable("CALLCENTERKIT_FULL") == "1";

    [Fact]
    public async Task Random_calls_over_a_bad_network_end_and_leave_nothing_behind()
    {
        var count = IsFull ? 10_000 : 500;
        await using var calls = new RandomCalls(Seed, Enumerable.Range(0, count), TimeSpan.FromMilliseconds(50) * count);

        var objections = await calls.PlayAsync(TimeSpan.FromMinutes(10));

        output.WriteLine($"{calls.Summary()}; CALLCENTERKIT_SEED={Seed}");
        Assert.True(objections.Count == 0, $"CALLCENTERKIT_SEED={Seed}: {objections.Count} objections\n{string.Join('\n', objections.Take(20))}");
    }

    [Fact]
    public async Task What_is_left_in_the_middle_of_calls_is_seen()
    {
        await using var calls = new RandomCalls(1, Enumerable.Range(0, 50), TimeSpan.FromSeconds(10));

        var objections = await calls.PlayAsync(TimeSpan.Zero);

        Assert.All(
            ["live legs", "dialogs", "server transactions", "client transactions", "timers of workers", "armed timers", "media legs", "free RTP ports", "the phone is not done", "the host is not done"],
            what => Assert.Contains(objections, objection => objection.Contains(what, StringComparison.Ordinal)));
    }
}

using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Calls;

/// <summary>A customer who talks with Alice, a colleague without a login at 201, and who hears whom.</summary>
internal static class Talks
{
    public const double Colleague = 700;
    public const double Ringback = 425;
    public static readonly AgentId Alice = new("alice"), Bob = new("bob");
    public static readonly ActorId ByAlice = Actors.Of(Alice);
    public static readonly TimeSpan Lately = TimeSpan.FromSeconds(2);

    /// <summary>A customer who has talked with Alice for 6 s.</summary>
    public static async Task<(ScriptedCall Caller, ScriptedAgent Alice)> TalkWithAliceAsync(this TestCenter center)
    {
        var alice = await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(2) });
        var caller = center.Dial("500");
        await center.AdvanceAsync(2);
        while (center.StateOf("alice") != AgentState.Talking)
            await center.AdvanceAsync(0.02);
        await center.AdvanceAsync(6);
        return (caller, alice);
    }

    public static Task<ScriptedAgent> ColleagueAsync(this TestCenter center, AgentScript script) =>
        center.World.AgentAsync("201", script with { Voice = PhoneVoice.Tone(Colleague) });

    public static InteractionId Matter(this TestCenter center) => center.Events<InteractionStarted>()[0].Interaction;

    public static ScriptedPhone PhoneOf(this TestCenter center, string number) => center.World.Phones.First(phone => phone.Options.User == number);

    /// <summary>Alice's phone holds the customer and calls somebody.</summary>
    public static async Task<ScriptedCall> CallWhileHoldingAsync(this TestCenter center, ScriptedCall first, string number)
    {
        Assert.Equal(200, await center.RunAsync(first.HoldAsync));
        var second = center.PhoneOf("101").Dial(number);
        second.Say(PhoneVoice.Tone(Sounds.Alice));
        await center.AdvanceAsync(5);
        return second;
    }

    public static void Hears(ScriptedCall call, double[] heard, double not)
    {
        Assert.All(heard, tone => Assert.True(call.Heard.ToneLevel(tone, Lately) > -20, $"{tone} Hz at {call.Heard.ToneLevel(tone, Lately)} dB"));
        Assert.True(call.Heard.ToneLevel(not, Lately) < -45, $"{not} Hz at {call.Heard.ToneLevel(not, Lately)} dB");
    }
}

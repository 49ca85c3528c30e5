using System.Security.Cryptography;
using CallCenterKit.Calls;
using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

/// <summary>Whose rule decides that a call is recorded, and from when.</summary>
public sealed class RecordingPolicyTests
{
    [Theory]
    [InlineData("center")]
    [InlineData("number")]
    [InlineData("queue")]
    [InlineData("agent")]
    public async Task Each_of_them_may_want_the_conversation_recorded(string whose)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => Set(options, whose, RecordingMode.FromAnswer)));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(8) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        var recording = Assert.Single(record.Recordings);
        Assert.InRange(recording.Length!.Value.TotalSeconds, 7.9, 8.2);
        var file = await File.ReadAllBytesAsync(Path.Combine(center.RecordingFolder, recording.File), TestContext.Current.CancellationToken);
        Assert.Equal((file.LongLength, Convert.ToHexStringLower(SHA256.HashData(file))), (recording.Bytes, recording.Sha256));
    }

    [Fact]
    public async Task Unless_somebody_says_so_nothing_is_recorded()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(4) });

        await center.CallAsync(new() { Target = "500" });

        Assert.Empty((await center.SettleOneAsync()).Recordings);
    }

    [Theory]
    [InlineData("center")]
    [InlineData("number")]
    [InlineData("queue")]
    public async Task Never_counts_wherever_it_stands(string whose)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options =>
        {
            foreach (var each in new[] { "center", "number", "queue", "agent" })
                Set(options, each, each == whose ? RecordingMode.Never : RecordingMode.FromAnswer);
        }));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(4) });

        await center.CallAsync(new() { Target = "500" });

        Assert.Empty((await center.SettleOneAsync()).Recordings);
    }

    [Theory]
    [InlineData("center")]
    [InlineData("number")]
    public async Task From_the_ivr_the_machine_and_the_wait_are_on_it_too(string whose)
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .MapFlow("600", async (call, ct) =>
            {
                await call.AnswerAsync(ct);
                for (var i = 0; i < 3; i++)
                    await call.PlayAsync("menu.wav", ct);
                await call.QueueAsync("support", ct);
            })
            .Configure(options => Set(options, whose, RecordingMode.FromIvr, "600")));
        await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(4), Talk = TimeSpan.FromSeconds(6) });

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        var tape = new Tape(center, Assert.Single(record.Recordings));
        Assert.Equal(["0 Ivr", "3 Waiting", "7 Talk alice", "13 Ivr"], tape.Segments);
        tape.Holds(Tape.Heard, Sounds.Menu, not: Sounds.Alice, 0.5, 2.8);
        tape.Holds(Tape.Heard, Sounds.Music, not: Sounds.Alice, 3.5, 6.8);
        tape.Holds(Tape.Heard, Sounds.Alice, not: Sounds.Music, 7.5, 12.8);
        tape.Holds(Tape.Customer, Sounds.Customer, not: Sounds.Alice, 0.5, 12.8);
        Assert.InRange((tape.Length - (record.EndedAt!.Value - record.AnsweredAt!.Value)).TotalMilliseconds, -60, 60);
    }

    [Fact]
    public async Task Of_an_agent_who_must_not_be_recorded_nothing_is_heard()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .Configure(options =>
            {
                options.Recording.Mode = RecordingMode.FromIvr;
                options.Agents["alice"].Recording = RecordingMode.Never;
            })
            .AddQueue("support", queue => queue.Members.Remove("bob"))
            .AddQueue("sales", "bob").MapQueue("501", "sales"));
        var (caller, _) = await center.TalkWithAliceAsync();
        await center.BobAsync();
        center.Center.Transfer(center.Matter(), Talks.Alice, "501", Talks.ByAlice);
        await center.AdvanceAsync(8);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var tape = new Tape(center, Assert.Single(record.Recordings));
        var (joined, parted) = Whereabouts(record, 0);
        tape.IsSilent(joined + 0.05, parted - 0.05);
        tape.Holds(Tape.Heard, Sounds.Bob, not: Sounds.Alice, Whereabouts(record, 1).From + 0.5, tape.Length.TotalSeconds);
        Assert.Contains($"{Math.Round(joined)} Paused by policy", tape.Segments);
        Assert.All(center.Events<RecordingPaused>(), paused => Assert.Equal(RecordingPolicy.Actor, paused.By));
    }

    [Fact]
    public async Task What_agents_key_into_a_feature_is_on_no_recording()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options =>
        {
            options.Recording.Mode = RecordingMode.FromIvr;
            options.DialPlan["*45"] = "feature:login";
        }));
        var phone = center.World.Extension("201");
        await center.RunAsync(() => phone.RegisterAsync());

        var call = phone.Dial("*45");
        await center.AdvanceAsync(3);
        await center.RunAsync(call.HangUpAsync);

        Assert.Empty((await center.SettleOneAsync()).Recordings);
    }

    [Fact]
    public async Task Calls_between_our_phones_and_to_the_outside_follow_the_rule_of_their_number()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Recording = RecordingMode.FromAnswer, options => options.Extensions["201"].Recording = RecordingMode.Never);
        await world.Center.ColleagueAsync(new() { Talk = TimeSpan.FromSeconds(4) });
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(4) });
        var phone = await world.PhoneAsync();

        await world.Center.RunAsync(() => phone.Dial("201").Ended);
        await world.Center.RunAsync(() => phone.Dial("030123").Ended);
        var records = await world.Center.SettleAsync();

        Assert.Empty(records[0].Recordings);
        Assert.InRange(Assert.Single(records[1].Recordings).Length!.Value.TotalSeconds, 3.9, 4.2);
    }

    [Fact]
    public async Task Format_and_channels_are_those_of_the_center()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options =>
            (options.Recording.Mode, options.Recording.Channels) = (RecordingMode.FromAnswer, Voice.RecordingChannels.Mono)));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(4) });

        await center.CallAsync(new() { Target = "500" });
        var recording = Assert.Single((await center.SettleOneAsync()).Recordings);

        Assert.Single(Interop.WavSamples.Read(Path.Combine(center.RecordingFolder, recording.File)).Channels);
    }

    /// <summary>Where on the first recording a leg was there, in seconds.</summary>
    private static (double From, double To) Whereabouts(Records.CallRecord record, int leg)
    {
        var start = record.Recordings[0].StartedAt;
        return ((record.Legs[leg].JoinedAt - start).TotalSeconds, (record.Legs[leg].LeftAt!.Value - start).TotalSeconds);
    }

    private static void Set(CallCenterOptions options, string whose, RecordingMode mode, string number = "500")
    {
        switch (whose)
        {
            case "center": options.Recording.Mode = mode; break;
            case "number": options.DialPlan[number] += $";recording={mode}"; break;
            case "queue": options.Queues["support"].Recording = mode; break;
            default: options.Agents["alice"].Recording = mode; break;
        }
    }
}

using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

/// <summary>A customer who does not want to be recorded leaves nothing behind.</summary>
public sealed class RecordingConsentTests
{
    [Theory]
    [InlineData(RecordingMode.FromIvr)]
    [InlineData(RecordingMode.FromAnswer)]
    public async Task After_a_yes_all_is_as_the_rule_says(RecordingMode mode)
    {
        await using var center = await StartAsync(mode, ConsentRequest.OptIn);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        var caller = center.Dial("600");
        await center.AdvanceAsync(2);
        await center.PressAsync(caller, "1");
        await center.RunAsync(() => caller.Ended);
        var record = await center.SettleOneAsync();

        Assert.Equal(RecordingConsent.Given, record.RecordingConsent);
        Assert.Single(center.Events<RecordingConsentGiven>());
        var tape = new Tape(center, Assert.Single(record.Recordings));
        tape.Holds(Tape.Heard, Sounds.Alice, not: Sounds.Music, tape.Length.TotalSeconds - 4, tape.Length.TotalSeconds);
    }

    [Theory]
    [InlineData(RecordingMode.FromIvr, 1)]
    [InlineData(RecordingMode.FromAnswer, 0)]
    public async Task After_a_no_not_a_byte_is_kept_whatever_follows(RecordingMode mode, int discarded)
    {
        await using var center = await StartAsync(mode, ConsentRequest.OptIn);
        await center.AliceAsync();
        await center.ColleagueAsync(new());
        var caller = center.Dial("600");
        await center.AdvanceAsync(2);
        await center.PressAsync(caller, "2");
        await center.AdvanceAsync(6);
        center.Center.StartRecording(center.Matter(), Talks.Alice, Talks.ByAlice);
        await center.AdvanceAsync(1);
        center.Center.Transfer(center.Matter(), Talks.Alice, "201", Talks.ByAlice);
        await center.AdvanceAsync(6);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal((2, RecordingConsent.Refused), (record.Legs.Count, record.RecordingConsent));
        Assert.Equal(discarded, record.Recordings.Count);
        Assert.All(record.Recordings, recording => Assert.Equal((true, 0L, null), (recording.IsDiscarded, recording.Bytes, recording.Sha256)));
        Assert.Equal(discarded, center.Events<RecordingDiscarded>().Count);
        NothingIsKept(center);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_is_a_no_unless_the_question_says_otherwise(bool silenceConsents)
    {
        await using var center = await StartAsync(RecordingMode.FromIvr, silenceConsents ? ConsentRequest.OptOut : ConsentRequest.OptIn);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal(silenceConsents ? RecordingConsent.Given : RecordingConsent.Refused, record.RecordingConsent);
        Assert.Equal(!silenceConsents, Assert.Single(record.Recordings).IsDiscarded);
        if (!silenceConsents)
            NothingIsKept(center);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_hangs_up_during_the_question_leaves_nothing(bool silenceConsents)
    {
        await using var center = await StartAsync(RecordingMode.FromIvr, silenceConsents ? ConsentRequest.OptOut : ConsentRequest.OptIn);
        var caller = center.Dial("600");
        await center.AdvanceAsync(2);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal(RecordingConsent.Refused, record.RecordingConsent);
        Assert.True(Assert.Single(record.Recordings).IsDiscarded);
        NothingIsKept(center);
    }

    [Fact]
    public async Task A_crash_during_the_question_leaves_nothing_once_the_center_is_back()
    {
        await using var world = new World();
        await using var first = await StartAsync(RecordingMode.FromIvr, ConsentRequest.OptIn, world);
        first.Dial("600");
        await world.AdvanceAsync(4);
        var file = Assert.Single(Directory.GetFiles(first.RecordingFolder, "*.wav", SearchOption.AllDirectories));
        var left = await ReadAsync(file);
        var memory = await first.KillAsync();
        await File.WriteAllBytesAsync(file, left, TestContext.Current.CancellationToken); // What ends the host here has deleted it.

        await using var second = await TestCenter.StartAsync(cc => cc.Configure(options => options.Recording.Folder = first.RecordingFolder), world, memory);
        foreach (var phone in world.Phones)
            await world.Time.RunAsync(phone.HangUpAllAsync, TimeSpan.FromMinutes(2));
        var record = await second.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Interrupted, RecordingConsent.Refused), (record.Ending, record.RecordingConsent!.Value));
        Assert.True(Assert.Single(record.Recordings).IsDiscarded);
        NothingIsKept(first);
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await open.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }

    private static Task<TestCenter> StartAsync(RecordingMode mode, ConsentRequest request, World? world = null) => TestCenter.StartAsync(cc => cc
        .MapFlow("600", async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            await call.AskRecordingConsentAsync("menu.wav", request, ct);
            await call.QueueAsync("support", ct);
        })
        .Configure(options => options.Recording.Mode = mode), world);

    private static void NothingIsKept(TestCenter center) =>
        Assert.Empty(Directory.Exists(center.RecordingFolder) ? Directory.GetFiles(center.RecordingFolder, "*", SearchOption.AllDirectories) : []);
}

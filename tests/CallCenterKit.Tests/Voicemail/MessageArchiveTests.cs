using CallCenterKit.Ivr.Input;
using CallCenterKit.Recordings;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Tests.Recordings;
using CallCenterKit.Voicemail;
using static CallCenterKit.Tests.Voicemail.MailboxCalls;

namespace CallCenterKit.Tests.Voicemail;

/// <summary>A message is a recording like any other: found, held, erased and forgotten in time; and the lamp knows.</summary>
public sealed class MessageArchiveTests
{
    private static readonly ActorId By = new("privacy:jonas");

    [Fact]
    public async Task A_message_is_found_in_the_archive_with_its_caller_queue_and_checksum()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc.AddQueue("support", queue =>
            (queue.MaxWait, queue.Overflow, queue.RecordingRetention) = (TimeSpan.FromSeconds(30), "voicemail:sales", TimeSpan.FromDays(3)))));
        var caller = center.Dial("500");
        await center.AdvanceAsync(36);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var recording = Assert.Single(await center.SearchAsync(new() { Mailbox = Sales, Unheard = true }));
        Assert.Equal((RecordingKind.Voicemail, record.Interaction, record.Party, record.Number), (recording.Kind, recording.Interaction, recording.Customer, recording.Caller));
        Assert.Equal((new QueueId("support"), null, null), (recording.Queue, recording.Fault, recording.Heard));
        Assert.True(await center.Center.Recordings.VerifyAsync(recording.Recording));
        Assert.Equal(new FileInfo(center.PathOf(recording)).Length, recording.Bytes);
        var told = Assert.Single(record.Recordings);
        Assert.Equal((Sales, recording.Length, recording.Sha256), (told.Mailbox, told.Length, told.Sha256));
        await using var sound = await center.Center.Recordings.OpenAsync(recording.Recording);
        Assert.NotNull(sound);
    }

    [Fact]
    public async Task The_lamp_follows_what_comes_is_heard_and_deleted_and_shows_it_again_after_a_restart()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(cc => WithMailbox(cc), world);
        await world.AgentAsync("201", new());
        var heard = await first.LeaveMessageAsync();
        var deleted = await first.LeaveMessageAsync();
        await first.LeaveMessageAsync();
        await first.RunAsync(() => first.Center.MarkHeardAsync(Sales, heard.Id, By).AsTask());
        await first.RunAsync(() => first.Center.DeleteMessageAsync(Sales, deleted.Id, By).AsTask());
        await first.SettleAsync();
        Assert.Equal(["1/0", "2/0", "3/0", "2/1", "1/1"], first.Lamps().SkipWhile(counts => counts == "0/0"));
        await first.StopAsync();
        var before = first.Lamps().Count;

        await using var second = await TestCenter.StartAsync(cc => WithMailbox(cc), world, first.Memory);
        await second.AdvanceAsync(1);

        Assert.Equal(["1/1"], second.Lamps().Skip(before));
    }

    [Fact]
    public async Task The_lamp_moves_with_the_mailbox_to_another_phone()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        await center.World.AgentAsync("201", new());
        await center.LeaveMessageAsync();

        center.Center.Change(options =>
        {
            options.Mailboxes["sales"].Extensions.Clear();
            options.Mailboxes["sales"].Extensions.Add("102");
        });
        await center.SettleAsync();

        Assert.Equal("0/0", center.Lamps()[^1]);
    }

    [Fact]
    public async Task Erasing_a_person_erases_the_messages_they_left_and_the_lamp_goes_out()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        await center.World.AgentAsync("201", new());
        var message = await center.LeaveMessageAsync();

        var erasure = await center.RunAsync(() => center.Center.Recordings.EraseAsync(message.Party, By, "asked for"));
        await center.SettleAsync();

        Assert.Equal([message.Id], erasure.Erased);
        Assert.Empty(await center.MessagesAsync());
        Assert.False(File.Exists(Path.Combine(center.RecordingFolder, message.File)));
        var left = await center.FindAsync(message.Id);
        Assert.Equal(("", "asked for"), (left.Caller, left.Erased?.Why));
        Assert.Equal("0/0", center.Lamps()[^1]);
    }

    [Theory]
    [InlineData(91, null, true)]
    [InlineData(8, 7, true)]
    [InlineData(91, 100, false)]
    public async Task Retention_erases_messages_too_and_a_mailbox_may_say_otherwise(int days, int? kept, bool isErased)
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(cc => WithMailbox(cc), world);
        await world.AgentAsync("201", new());
        var message = await first.LeaveMessageAsync();
        await first.StopAsync();
        world.Time.Advance(TimeSpan.FromDays(days));

        await using var second = await TestCenter.StartAsync(cc => WithMailbox(cc).Configure(options => options.Mailboxes["sales"].Retention = kept is { } limit ? TimeSpan.FromDays(limit) : null), world, first.Memory);
        await second.AdvanceAsync(1);

        Assert.Equal(isErased ? [(message.Id, "retention")] : [], second.Events<RecordingErased>().Select(erased => (erased.Recording, erased.Why)));
        Assert.Equal(isErased, (await second.MessagesAsync()).Count == 0);
        Assert.NotEqual(isErased, File.Exists(Path.Combine(first.RecordingFolder, message.File)));
    }

    [Fact]
    public async Task A_message_under_hold_leaves_its_mailbox_when_it_is_deleted_and_goes_when_it_is_released()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        await center.World.AgentAsync("201", new());
        var message = await center.LeaveMessageAsync();
        var owner = new ActorId("agent:alice");
        await center.RunAsync(() => center.Center.Recordings.HoldAsync(message.Id, By, "case 7"));

        Assert.True(await center.RunAsync(() => center.Center.DeleteMessageAsync(Sales, message.Id, owner).AsTask()));
        await center.SettleAsync();

        Assert.Empty(await center.MessagesAsync());
        Assert.Equal("0/0", center.Lamps()[^1]);
        var held = await center.FindAsync(message.Id);
        Assert.Equal((owner, null), (held.Deleted?.By, held.Erased));
        Assert.True(File.Exists(center.PathOf(held)));
        Assert.False(await center.RunAsync(() => center.Center.DeleteMessageAsync(Sales, message.Id, owner).AsTask()));

        Assert.True(await center.RunAsync(() => center.Center.Recordings.ReleaseAsync(message.Id, By)));

        Assert.False(File.Exists(center.PathOf(held)));
        Assert.Equal((owner, "deleted"), (await center.FindAsync(message.Id)).Erased is { } erasure ? (erasure.By, erasure.Why) : default);
    }

    [Fact]
    public async Task A_no_to_being_recorded_is_none_to_leaving_a_message()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc).MapFlow("601", async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            await call.AskRecordingConsentAsync("menu.wav", ConsentRequest.OptIn, ct);
            await call.LeaveVoicemailAsync("sales", new() { MaxLength = TimeSpan.FromSeconds(6) }, ct);
        }));

        await center.CallAsync(new() { Target = "601" });
        var record = await center.SettleOneAsync();

        Assert.Equal(RecordingConsent.Refused, record.RecordingConsent);
        Assert.Single(await center.MessagesAsync());
        Assert.True(File.Exists(Path.Combine(center.RecordingFolder, Assert.Single(record.Recordings).File)));
    }
}

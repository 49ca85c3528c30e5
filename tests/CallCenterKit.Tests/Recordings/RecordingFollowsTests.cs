using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

/// <summary>One recording is on the customer's leg, whatever becomes of the call.</summary>
public sealed class RecordingFollowsTests
{
    [Fact]
    public async Task It_follows_the_customer_through_hold_consultation_transfer_and_the_next_queue()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => queue.Record = true)
            .AddQueue("sales", "bob").AddQueue("sales", queue => queue.Music = "music.wav").MapQueue("501", "sales"));
        var (caller, _) = await center.TalkWithAliceAsync();
        var start = center.Events<RecordingStarted>().Count == 1 ? center.TimeOf<RecordingStarted>() : default;
        var colleague = await center.ColleagueAsync(new());
        double Now() => (center.Time.GetUtcNow() - start).TotalSeconds;

        var held = Now();
        center.Center.Hold(center.Matter(), Talks.Alice);
        await center.AdvanceAsync(4);
        var back = Now();
        center.Center.TakeBack(center.Matter(), Talks.Alice);
        await center.AdvanceAsync(3);
        var consulted = Now();
        center.Center.Consult(center.Matter(), Talks.Alice, "201", Talks.ByAlice);
        await center.AdvanceAsync(5);
        var passed = Now();
        center.Center.CompleteTransfer(center.Matter(), Talks.Alice, Talks.ByAlice);
        await center.AdvanceAsync(4);
        var queued = Now();
        await center.RunAsync(() => colleague.Calls[0].ReferAsync("501"));
        await center.AdvanceAsync(4);
        await center.BobAsync();
        await center.AdvanceAsync(9);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var tape = new Tape(center, Assert.Single(record.Recordings));
        var bob = (record.Legs[^1].JoinedAt - start).TotalSeconds;
        Assert.Equal(
            ["Talk alice", "Hold", "Talk alice", "Consultation", "Talk", "Waiting", "Talk bob"],
            tape.Segments.Select(segment => segment[(segment.IndexOf(' ') + 1)..]));
        tape.Holds(Tape.Heard, Sounds.Alice, not: Sounds.Hold, 0.5, held);
        tape.Holds(Tape.Heard, Sounds.Hold, not: Sounds.Alice, held + 0.5, back);
        tape.Holds(Tape.Heard, Sounds.Alice, not: Sounds.Hold, back + 0.5, consulted);
        tape.Holds(Tape.Heard, Sounds.Hold, not: Talks.Colleague, consulted + 0.5, passed);
        tape.Holds(Tape.Heard, Talks.Colleague, not: Sounds.Alice, passed + 0.5, queued);
        tape.Holds(Tape.Heard, Sounds.Music, not: Talks.Colleague, queued + 0.5, queued + 3.5);
        tape.Holds(Tape.Heard, Sounds.Bob, not: Sounds.Music, bob + 0.5, tape.Length.TotalSeconds);
        tape.Holds(Tape.Customer, Sounds.Customer, not: Sounds.Alice, 0.5, tape.Length.TotalSeconds);
        Assert.InRange((record.EndedAt!.Value - start - tape.Length).TotalMilliseconds, -60, 60);
    }

    [Fact]
    public async Task When_a_phone_passes_on_a_call_of_its_own_the_next_party_s_leg_is_the_next_part()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.Extensions["201"].Recording = RecordingMode.FromAnswer));
        await center.ColleagueAsync(new());
        await center.BobAsync();
        var phone = center.World.Extension("101", PhoneVoice.Tone(Sounds.Alice));
        await center.RunAsync(() => phone.RegisterAsync());

        var call = phone.Dial("201");
        await center.AdvanceAsync(8);
        await center.RunAsync(() => call.ReferAsync("102"));
        await center.AdvanceAsync(10);
        center.Center.HangUp(center.Matter(), Talks.Bob);
        var record = await center.SettleOneAsync();

        Assert.Equal(2, record.Recordings.Count);
        Assert.Equal(center.Events<CustomerChanged>()[0].Leg, record.Recordings[1].Leg);
        new Tape(center, record.Recordings[0]).Holds(Tape.Customer, Sounds.Alice, not: Talks.Colleague, 0.5, 4);
        var second = new Tape(center, record.Recordings[1]);
        second.Holds(Tape.Customer, Talks.Colleague, not: Sounds.Alice, 0.5, second.Length.TotalSeconds);
        second.Holds(Tape.Heard, Sounds.Bob, not: Sounds.Alice, second.Length.TotalSeconds - 3, second.Length.TotalSeconds);
    }
}

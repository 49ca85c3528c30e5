using System.Text.Json;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Records;

public class CallRecordFoldTests
{
    private static readonly AgentId Alice = new("alice"), Bob = new("bob");

    [Fact]
    public void A_served_call_is_completed_with_every_second_in_its_place()
    {
        var record = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsOfferedAt(6).IsOfferedAt(26).IsTakenAt(30, waited: 25)
            .IsHeldAt(40).ResumesAt(47).EndsAt(60).AgentLeavesAt(60.5, wrapUpUntil: 70.5).WrapsUpAt(67.5, "resolved").Record;

        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Assert.Equal(("+37060000001", "Ona", "trunk:main", "5000"), (record.Number, record.Name, record.Origin, record.Dialled));
        Assert.Equal((Noon, Noon.AddSeconds(1), Noon.AddSeconds(60)), (record.StartedAt, record.AnsweredAt, record.EndedAt));
        Assert.Equal(("welcome", new QueueId("support"), Noon.AddSeconds(5)), (record.Flow, record.Queue, record.EnqueuedAt));
        Assert.Equal((TimeSpan.FromSeconds(25), QueueExit.Answered, 2, Alice), (record.Waited, record.QueueExit, record.Offers, record.Agent));
        Assert.Equal((TimeSpan.FromSeconds(23), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)), (record.Talk, record.Hold, record.WrapUp));
        Assert.Equal(("resolved", CallEndedBy.Party, HangUpCause.Normal), (record.Disposition, record.EndedBy, record.Cause));
        Assert.Equal(
            [new(Call(10), Alice, new("1001"), Noon.AddSeconds(30), Noon.AddSeconds(60.5)) { Talk = TimeSpan.FromSeconds(23), Hold = TimeSpan.FromSeconds(7) }],
            record.Legs);
        Assert.False(record.IsOpen);
    }

    [Fact]
    public void An_attended_transfer_gives_each_agent_their_legs_and_seconds()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, waited: 5);
        story.At(20, new ConsultationBegan(story.Matter, 1, Call(10), Call(10), "extension:1002", new("agent:alice")))
            .At(24, new ConversationJoined(story.Matter, Call(11), Bob, new("1002"), null) { Consultation = 1 });
        Assert.Equal(Alice, story.Record.Agent);
        story.At(30,
                new TransferBegan(story.Matter, 1, TransferKind.Attended, Call(10), Alice, new("1001"), "extension:1002", null, new("agent:alice")),
                new ConversationParted(story.Matter, Call(10), Alice, HangUpCause.Normal, CallEndedBy.Center),
                new ConsultationOver(story.Matter, 1, ConsultationEnd.Transferred),
                new TransferOver(story.Matter, 1, TransferEnd.Completed))
            .EndsAt(50);
        var record = story.Record;

        Assert.Equal(Bob, record.Agent);
        Assert.Equal([(10, 0, 10), (20, 0, 6)], record.Legs.Select(leg => ((int)leg.Talk.TotalSeconds, (int)leg.Hold.TotalSeconds, (int)leg.Consult.TotalSeconds)));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)), (record.Talk, record.Hold));
        Assert.Equal([new(1, TransferKind.Attended, Alice, Call(10), "extension:1002", Noon.AddSeconds(30)) { End = TransferEnd.Completed }], record.Transfers);
    }

    [Fact]
    public void A_supervision_has_each_role_and_agent_and_counts_nothing()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, waited: 5);
        var boss = new ActorId("agent:boss");
        story.At(20, new SupervisionBegan(story.Matter, Call(20), new("1009"), Alice, SupervisionRole.Listen, SupervisionScope.Call, boss))
            .At(25, new SupervisionChanged(story.Matter, Call(20), Alice, SupervisionRole.Barge, boss))
            .At(30, new SupervisionChanged(story.Matter, Call(20), Bob, SupervisionRole.Barge, null))
            .At(40, new SupervisionEnded(story.Matter, Call(20), SupervisionEnd.SupervisorLeft, boss));
        var record = story.EndsAt(50).Record;

        var supervision = Assert.Single(record.Supervisions);
        Assert.Equal(
            [new(Noon.AddSeconds(20), Alice, SupervisionRole.Listen), new(Noon.AddSeconds(25), Alice, SupervisionRole.Barge), new SupervisionStep(Noon.AddSeconds(30), Bob, SupervisionRole.Barge)],
            supervision.Steps);
        Assert.Equal((boss, new("1009"), Noon.AddSeconds(40), SupervisionEnd.SupervisorLeft), (supervision.By, supervision.Endpoint, supervision.EndedAt!.Value, supervision.End!.Value));
        Assert.Equal((TimeSpan.FromSeconds(40), Alice), (record.Talk, record.Agent!.Value));
        Assert.Single(record.Legs);
    }

    [Fact]
    public void A_supervision_keeps_the_record_open_and_ends_with_a_crash()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, waited: 5);
        story.At(20, new SupervisionBegan(story.Matter, Call(20), new("1009"), Alice, SupervisionRole.Listen, SupervisionScope.Agent, new("agent:boss")))
            .At(30, new ConversationParted(story.Matter, Call(10), Alice, HangUpCause.Normal, CallEndedBy.Center))
            .EndsAt(30);
        Assert.True(story.Record.IsRunning);

        story.At(90, new InteractionInterrupted(story.Matter, Noon.AddSeconds(35)));

        Assert.Equal((Noon.AddSeconds(35), null), (story.Record.Supervisions[0].EndedAt, story.Record.Supervisions[0].End));
        Assert.False(story.Record.IsRunning);
    }

    [Fact]
    public void A_call_an_agent_makes_is_completed_with_the_agent_and_the_queue_it_counts_for()
    {
        var story = Story.IsMade();
        var record = story.At(1, new AssignmentTaken(Alice, story.Matter, new("support"), "voice", 1, CallDirection.Outbound), new FlowEntered(story.Matter, "outside:city"))
            .At(9, new InteractionAnswered(story.Matter, Call(1)), new ConversationJoined(story.Matter, Call(10), Alice, new("1001"), new("support")))
            .EndsAt(29).AgentLeavesAt(29, wrapUpUntil: 39).WrapsUpAt(34, "sold").Record;

        Assert.Equal((CallRecordEnding.Completed, CallDirection.Outbound, Alice), (record.Ending, record.Direction, record.Agent!.Value));
        Assert.Equal(("outside:city", new QueueId("support"), "sold"), (record.Flow, record.Queue!.Value, record.Disposition));
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5)), (record.Talk, record.WrapUp));
        Assert.Null(record.Waited);
        Assert.False(record.IsOpen);
    }

    [Fact]
    public void A_call_an_agent_makes_in_vain_was_not_reached_and_is_the_agent_s()
    {
        var story = Story.IsMade();
        var record = story.At(1, new AssignmentTaken(Alice, story.Matter, new("support"), "voice", 1, CallDirection.Outbound), new FlowEntered(story.Matter, "outside:city"))
            .At(20, new InteractionEnded(story.Matter, HangUpCause.Busy, CallEndedBy.Party), new AssignmentOver(Alice, story.Matter, new("support"), null)).Record;

        Assert.Equal((CallRecordEnding.NotReached, HangUpCause.Busy, Alice), (record.Ending, record.Cause!.Value, record.Agent!.Value));
        Assert.Null(record.QueueExit);
        Assert.False(record.IsOpen);
    }

    [Fact]
    public void A_call_that_was_never_dialled_is_refused() =>
        Assert.Equal(CallRecordEnding.Refused, Story.IsMade().EndsAt(3).Record.Ending);

    [Fact]
    public void Who_takes_a_call_to_an_extension_has_it_and_who_makes_it_has_not()
    {
        var story = Story.Arrived();
        var record = story.At(1, new AssignmentTaken(Bob, story.Matter, null, "voice", 1, CallDirection.Outbound)).Record;

        Assert.Null(record.Agent);
        Assert.True(record.IsOpen);
    }

    [Fact]
    public void Hanging_up_while_waiting_is_abandoned_whichever_is_heard_of_first()
    {
        var leftFirst = Story.Arrived().EntersFlowAt(1).QueuesAt(5).LeavesQueueAt(17, QueueExit.Abandoned, 12).EndsAt(17).Record;
        var endedFirst = Story.Arrived().EntersFlowAt(1).QueuesAt(5).EndsAt(17).LeavesQueueAt(17, QueueExit.Abandoned, 12).Record;

        Assert.Equal((CallRecordEnding.Abandoned, QueueExit.Abandoned, TimeSpan.FromSeconds(12)), (leftFirst.Ending, leftFirst.QueueExit, leftFirst.Waited));
        Assert.Equal(Text(leftFirst), Text(endedFirst));
        Assert.Equal(QueueExit.Abandoned, Story.Arrived().EntersFlowAt(1).QueuesAt(5).EndsAt(17).Record.QueueExit);
    }

    [Fact]
    public void A_caller_who_leaves_as_the_agent_answers_is_abandoned() =>
        Assert.Equal(CallRecordEnding.Abandoned, Story.Arrived().EntersFlowAt(1).QueuesAt(5).LeavesQueueAt(9, QueueExit.Answered, 4).EndsAt(9).Record.Ending);

    [Fact]
    public async Task A_caller_who_leaves_in_the_instant_of_the_answer_stays_open_until_the_agent_is_done()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).EndsAt(9);
        Assert.True(story.Record.IsOpen, "Routing has not heard yet that the caller left.");
        story.LeavesQueueAt(9, QueueExit.Answered, 4);
        Assert.True(story.Record.IsOpen, "The agent is not known yet.");
        story.At(9, new AssignmentStarted(Alice, story.Matter, new("support"), "voice", 1, TimeSpan.FromSeconds(4)))
            .At(9, new AssignmentOver(Alice, story.Matter, new("support"), Noon.AddSeconds(19)))
            .WrapsUpAt(19, null);
        Assert.Equal((CallRecordEnding.Abandoned, false), (story.Record.Ending, story.Record.IsOpen));

        var store = new InMemoryCallRecordStore();
        var projection = new CallRecordProjection(store);
        foreach (var entry in story.Entries)
            projection.Apply(entry);
        await projection.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(projection.Open);
        Assert.Equal(Text(story.Record), Text(await store.FindAsync(story.Matter, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_callback_keeps_the_record_open_and_the_second_call_goes_on_in_it()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).At(20, new CallbackBooked(new(1, 1), Interaction(1), new("support"))).EndsAt(25);
        var booked = story.Record;
        story.At(300, new CallbackCalled(new(1, 7), new(1, 1), story.Matter, new("support"), Alice, 1))
            .At(310, new InteractionCalledBack(story.Matter, Call(2)));
        var reached = story.Record;
        story.IsTakenAt(310, waited: 305).EndsAt(350).AgentLeavesAt(350);

        Assert.Equal((CallRecordEnding.Callback, CallbackState.Booked, null, true, false), (booked.Ending, booked.Callback, booked.QueueExit, booked.IsOpen, booked.IsRunning));
        Assert.Equal((CallRecordEnding.Open, CallbackState.Reached), (reached.Ending, reached.Callback));
        Assert.Equal((CallRecordEnding.Completed, Noon.AddSeconds(350), 1, false), (story.Record.Ending, story.Record.EndedAt, story.Record.CallbackAttempts, story.Record.IsOpen));
        Assert.Equal((TimeSpan.FromSeconds(305), TimeSpan.FromSeconds(310), TimeSpan.FromSeconds(40)), (story.Record.Waited, story.Record.DialToAgent, story.Record.Talk));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_callback_that_is_given_up_is_unserved_whichever_is_heard_of_first(bool bookedFirst)
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5);
        var booked = new CallbackBooked(new(1, 1), Interaction(1), new("support"));
        story = bookedFirst ? story.At(20, booked).EndsAt(20) : story.EndsAt(20).At(20, booked);
        Assert.Equal((CallRecordEnding.Callback, true, null), (story.Record.Ending, story.Record.IsOpen, story.Record.Waited));

        story.LeavesQueueAt(600, QueueExit.CallbackGivenUp, 595);

        Assert.Equal((CallRecordEnding.Unserved, CallbackState.GivenUp, false), (story.Record.Ending, story.Record.Callback, story.Record.IsOpen));
    }

    [Fact]
    public void A_callback_outlives_the_process_that_died_while_it_was_booked()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5)
            .At(20, new CallbackBooked(new(1, 1), Interaction(1), new("support")))
            .At(500, new InteractionInterrupted(Interaction(1), Noon.AddSeconds(22)));
        Assert.Equal((CallRecordEnding.Interrupted, true, false), (story.Record.Ending, story.Record.IsOpen, story.Record.IsRunning));

        story.At(600, new InteractionCalledBack(story.Matter, Call(2))).IsTakenAt(600, waited: 595).EndsAt(650).AgentLeavesAt(650);

        Assert.Equal((CallRecordEnding.Completed, false), (story.Record.Ending, story.Record.IsOpen));
    }

    [Fact]
    public void A_caller_who_turns_out_to_be_somebody_is_that_party() =>
        Assert.Equal(Party(9), Story.Arrived().At(0.05, new PartyIdentified(Party(9), Interaction(1), "+37060000001", "Ona")).Record.Party);

    [Theory]
    [InlineData(QueueRefusal.Full, QueueExit.TimedOut)]
    [InlineData(QueueRefusal.Empty, QueueExit.Emptied)]
    [InlineData(QueueRefusal.OutOfHours, QueueExit.OutOfHours)]
    public void The_record_says_why_there_was_no_place(QueueRefusal refusal, QueueExit exit) =>
        Assert.Equal(exit, Story.Arrived().EntersFlowAt(1).At(5, new QueueRefused(Interaction(1), new("support"), refusal)).EndsAt(6).Record.QueueExit);

    [Fact]
    public void A_wait_that_was_too_long_is_unserved() =>
        Assert.Equal(CallRecordEnding.Unserved, Story.Arrived().EntersFlowAt(1).QueuesAt(5).LeavesQueueAt(65, QueueExit.TimedOut, 60).EndsAt(66).Record.Ending);

    [Fact]
    public void No_place_in_the_queue_is_unserved()
    {
        var story = Story.Arrived().EntersFlowAt(1);
        var record = story.At(5, new QueueRefused(story.Matter, new("support"))).EndsAt(6).Record;

        Assert.Equal((CallRecordEnding.Unserved, TimeSpan.Zero, new QueueId("support")), (record.Ending, record.Waited, record.Queue));
    }

    [Fact]
    public void A_caller_who_never_queued_ended_in_the_flow() =>
        Assert.Equal(CallRecordEnding.EndedInFlow, Story.Arrived().EntersFlowAt(1).EndsAt(5).Record.Ending);

    [Fact]
    public void A_caller_without_a_flow_was_refused() =>
        Assert.Equal(CallRecordEnding.Refused, Story.Arrived().EndsAt(0, CallEndedBy.Center).Record.Ending);

    [Fact]
    public void The_second_queue_keeps_the_time_of_the_first()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).LeavesQueueAt(25, QueueExit.Moved, 20);
        story.At(25, new QueueEntered(new(1, 2), story.Matter, new("reserve"), "voice", 1, PartyReach.Present, Noon.AddSeconds(5)));

        Assert.Equal((new QueueId("reserve"), Noon.AddSeconds(5), null), (story.Record.Queue, story.Record.EnqueuedAt, story.Record.QueueExit));
        Assert.Equal(TimeSpan.FromSeconds(30), story.EndsAt(35).Record.Waited);
    }

    [Fact]
    public void A_call_that_ends_during_hold_counts_the_hold_to_the_end()
    {
        var record = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5).IsHeldAt(20).EndsAt(50).AgentLeavesAt(51).Record;

        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (record.Talk, record.Hold));
        Assert.Equal((null, null), (record.TalkingSince, record.HeldSince));
    }

    [Fact]
    public void What_is_said_of_hold_after_the_end_counts_nothing()
    {
        var record = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5).IsHeldAt(20).EndsAt(50).ResumesAt(55).AgentLeavesAt(60).Record;

        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (record.Talk, record.Hold));
    }

    [Fact]
    public void The_record_is_open_until_the_agent_is_done_with_it()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5).EndsAt(20);
        Assert.True(story.Record.IsOpen);

        story.At(20, new ConversationParted(story.Matter, Call(10), Alice, HangUpCause.Normal, CallEndedBy.Center));
        Assert.True(story.Record.IsOpen, "Routing has not heard yet that they parted.");

        story.At(20, new AssignmentOver(Alice, story.Matter, new("support"), Noon.AddSeconds(30)));
        Assert.Equal((true, false), (story.Record.IsOpen, story.Record.IsRunning));

        Assert.False(story.WrapsUpAt(30, null).Record.IsOpen);
        Assert.Equal(TimeSpan.FromSeconds(10), story.Record.WrapUp);
    }

    [Fact]
    public void Two_agents_may_wrap_up_at_once()
    {
        var record = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5).AgentLeavesAt(20, wrapUpUntil: 40)
            .IsTakenAt(25, 2, "bob", leg: 11).AgentLeavesAt(30, "bob", leg: 11, wrapUpUntil: 50).EndsAt(30)
            .WrapsUpAt(35, "resolved", "bob").WrapsUpAt(40, null).Record;

        Assert.Equal(TimeSpan.FromSeconds(20 + 5), record.WrapUp);
        Assert.Equal(("resolved", Bob, TimeSpan.FromSeconds(10 + 5)), (record.Disposition, record.Agent, record.Talk));
        Assert.False(record.IsOpen);
    }

    [Fact]
    public void A_recording_keeps_the_record_open_until_its_file_is_closed()
    {
        var story = Story.Arrived().EntersFlowAt(1);
        story.At(2, new RecordingStarted(story.Matter, Recording(1), "a.wav")).EndsAt(9);
        Assert.True(story.Record.IsOpen);

        story.At(10, new RecordingEnded(story.Matter, Recording(1), TimeSpan.FromSeconds(7), 0, null));

        Assert.False(story.Record.IsOpen);
        Assert.Equal(new(Recording(1), "a.wav", Noon.AddSeconds(2), TimeSpan.FromSeconds(7), null), Assert.Single(story.Record.Recordings) with { Segments = [] });
    }

    [Fact]
    public void A_call_cut_off_by_a_crash_ends_where_it_was_last_seen()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5);
        story.At(10, new RecordingStarted(story.Matter, Recording(1), "a.wav")).At(500, new InteractionInterrupted(story.Matter, Noon.AddSeconds(33)));
        var record = story.Record;

        Assert.Equal((CallRecordEnding.Interrupted, Noon.AddSeconds(33), TimeSpan.FromSeconds(23)), (record.Ending, record.EndedAt, record.Talk));
        Assert.Equal(Noon.AddSeconds(33), Assert.Single(record.Legs).LeftAt);
        Assert.Equal("interrupted", Assert.Single(record.Recordings).Fault);
        Assert.False(record.IsOpen);
    }

    [Fact]
    public void A_call_that_never_saw_a_heartbeat_ends_where_it_began()
    {
        var story = Story.Arrived();

        Assert.Equal(Noon, story.At(500, new InteractionInterrupted(story.Matter, Noon.AddSeconds(-3))).Record.EndedAt);
    }

    [Fact]
    public void What_the_next_life_closes_changes_an_interrupted_call_no_more()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).At(500, new InteractionInterrupted(Interaction(1), Noon.AddSeconds(15)));
        var interrupted = story.Record;

        story.At(501, new QueueLeft(new(1, 1), story.Matter, new("support"), QueueExit.Closed, TimeSpan.FromSeconds(496)));

        Assert.Equal((interrupted.Waited, interrupted.QueueExit), (story.Record.Waited, story.Record.QueueExit));
        Assert.Equal(TimeSpan.FromSeconds(10), interrupted.Waited);
    }

    [Fact]
    public void A_crash_right_after_the_end_keeps_the_ending_and_the_after_call_work()
    {
        var story = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5).EndsAt(20).AgentLeavesAt(20, wrapUpUntil: 90);
        story.At(19, new RecordingStarted(story.Matter, Recording(1), "a.wav")).At(60, new InteractionInterrupted(story.Matter, Noon.AddSeconds(21)));

        Assert.Equal((CallRecordEnding.Completed, Noon.AddSeconds(20)), (story.Record.Ending, story.Record.EndedAt));
        Assert.Equal((true, false), (story.Record.IsOpen, story.Record.IsRunning));
        Assert.Equal(TimeSpan.FromSeconds(70), story.WrapsUpAt(90, null).Record.WrapUp);
    }

    [Fact]
    public void Nothing_is_known_of_a_call_before_it_began()
    {
        var story = new Story().QueuesAt(1).EndsAt(2);

        Assert.Null(Story.Fold(story.Entries));
    }

    [Fact]
    public void Unknown_kinds_change_nothing()
    {
        var story = Story.Arrived();
        var before = Text(story.Record);

        Assert.Equal(before, Text(story.At(1, new UnknownEvent("later.invented", "{}")).Record));
    }

    [Fact]
    public void A_record_kept_as_JSON_in_the_middle_goes_on_as_if_it_had_not_been()
    {
        var entries = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsOfferedAt(6).IsTakenAt(10, 5).IsHeldAt(20).ResumesAt(25)
            .EndsAt(60).AgentLeavesAt(60, wrapUpUntil: 70).WrapsUpAt(70, null).Entries;
        var live = Text(Story.Fold(entries));

        for (var cut = 1; cut < entries.Count; cut++)
        {
            var kept = JsonSerializer.Deserialize<CallRecord>(Text(Story.Fold(entries.Take(cut))), EventCatalog.JsonOptions);
            Assert.Equal(live, Text(entries.Skip(cut).Aggregate(kept, CallRecordFold.Apply)));
        }
    }

    private static string Text(CallRecord? record) => JsonSerializer.Serialize(record, EventCatalog.JsonOptions);
}

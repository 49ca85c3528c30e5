using System.Globalization;
using CallCenterKit.Conversations;
using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Records;

/// <summary>What a record says of the recordings of a call.</summary>
public class CallRecordingFoldTests
{
    private static readonly ActorId ByAlice = new("agent:alice");

    [Fact]
    public void Segments_say_what_is_heard_from_when_on()
    {
        var story = Story.Arrived();
        story.At(1, Started(story)).EntersFlowAt(1).QueuesAt(5).IsTakenAt(20, waited: 15).IsHeldAt(30).ResumesAt(34).AgentLeavesAt(40).EndsAt(45);

        Assert.Equal(["0 Ivr", "4 Waiting", "19 Talk alice", "29 Hold", "33 Talk alice", "39 Ivr"], Segments(story));
    }

    [Fact]
    public void A_consultation_and_the_next_agent_are_segments_of_the_same_recording()
    {
        var story = Story.Arrived().EntersFlowAt(0).QueuesAt(0).IsTakenAt(5, 5);
        story.At(5, Started(story))
            .At(10, new ConsultationBegan(story.Matter, 1, Call(10), Call(10), "extension:1002", ByAlice))
            .At(15, new ConversationJoined(story.Matter, Call(11), new("bob"), new("1002"), null) { Consultation = 1 })
            .At(20, new ConversationParted(story.Matter, Call(10), new("alice"), HangUpCause.Normal, CallEndedBy.Center), new ConsultationOver(story.Matter, 1, ConsultationEnd.Transferred))
            .EndsAt(30);

        Assert.Equal(["0 Talk alice", "5 Consultation", "15 Talk bob"], Segments(story));
    }

    [Fact]
    public void A_customer_who_was_passed_on_waits_until_somebody_answers()
    {
        var story = Story.Arrived().EntersFlowAt(0).QueuesAt(0).IsTakenAt(5, 5);
        story.At(5, Started(story))
            .At(10, new TransferBegan(story.Matter, 1, TransferKind.Blind, Call(10), new("alice"), new("1001"), "extension:1002", null, ByAlice))
            .AgentLeavesAt(10)
            .At(16, new ConversationJoined(story.Matter, Call(11), null, new("1002"), null), new TransferOver(story.Matter, 1, TransferEnd.Completed))
            .EndsAt(20);

        Assert.Equal(["0 Talk alice", "5 Waiting", "11 Talk"], Segments(story));
    }

    [Fact]
    public void A_pause_says_who_wanted_it()
    {
        var story = Story.Arrived().EntersFlowAt(0).QueuesAt(0).IsTakenAt(5, 5);
        story.At(5, Started(story))
            .At(8, new RecordingPaused(story.Matter, Recording(1), ByAlice))
            .At(9, new RecordingPaused(story.Matter, Recording(1), RecordingPolicy.Actor))
            .At(12, new RecordingResumed(story.Matter, Recording(1), RecordingPolicy.Actor))
            .EndsAt(20);

        Assert.Equal(["0 Talk alice", "3 Paused by agent:alice", "4 Paused by policy", "7 Talk alice"], Segments(story));
    }

    [Fact]
    public void The_next_part_goes_on_where_the_first_ended()
    {
        var story = Story.Arrived().EntersFlowAt(0).QueuesAt(0).IsTakenAt(5, 5);
        story.At(5, Started(story))
            .At(10, new LegReplaced(story.Matter, Call(1), Call(20), null, new("1009")), new RecordingStarted(story.Matter, Recording(2), "2.wav") { Leg = Call(20), By = ByAlice })
            .At(11, new RecordingEnded(story.Matter, Recording(1), TimeSpan.FromSeconds(5), 0, null) { Sha256 = "ab", Bytes = 80_044 })
            .IsHeldAt(12)
            .EndsAt(20);
        var record = story.Record;

        Assert.Equal([["0 Talk alice"], ["0 Talk alice", "2 Hold"]], record.Recordings.Select(Segments));
        Assert.Equal(("ab", 80_044L, (ActorId?)null, (CallId?)Call(1)), (record.Recordings[0].Sha256, record.Recordings[0].Bytes, record.Recordings[0].By, record.Recordings[0].Leg));
        Assert.Equal((ByAlice, Call(20)), (record.Recordings[1].By, record.Recordings[1].Leg));
    }

    [Fact]
    public void A_no_stands_in_the_record_and_so_does_what_became_of_the_file()
    {
        var story = Story.Arrived().EntersFlowAt(0);
        Assert.Null(story.Record.RecordingConsent);

        story.At(0, Started(story)).At(4, new RecordingConsentRefused(story.Matter))
            .At(5, new RecordingEnded(story.Matter, Recording(1), TimeSpan.FromSeconds(4), 0, null))
            .At(5, new RecordingDiscarded(story.Matter, Recording(1)));
        Assert.Equal((RecordingConsent.Refused, true), (story.Record.RecordingConsent, story.Record.Recordings[0].IsDiscarded));

        Assert.Equal(RecordingConsent.Given, story.At(8, new RecordingConsentGiven(story.Matter)).Record.RecordingConsent);
    }

    [Fact]
    public void A_record_stays_open_until_the_question_is_answered_and_what_was_not_wanted_is_gone()
    {
        var story = Story.Arrived().EntersFlowAt(0);
        story.At(0, Started(story)).At(1, new RecordingConsentAsked(story.Matter)).EndsAt(2).At(3, new RecordingEnded(story.Matter, Recording(1), TimeSpan.FromSeconds(2), 0, null));
        Assert.True(story.Record.IsOpen);

        Assert.True(story.At(4, new RecordingConsentRefused(story.Matter)).Record.IsOpen);
        Assert.False(story.At(5, new RecordingDiscarded(story.Matter, Recording(1))).Record.IsOpen);
    }

    [Fact]
    public void A_crash_during_the_question_is_a_no()
    {
        var story = Story.Arrived().EntersFlowAt(0);
        story.At(0, Started(story)).At(1, new RecordingConsentAsked(story.Matter)).At(500, new InteractionInterrupted(story.Matter, Noon.AddSeconds(2)));

        Assert.Equal((RecordingConsent.Refused, false), (story.Record.RecordingConsent, story.Record.IsOpen));
    }

    [Fact]
    public void Nothing_is_marked_on_a_recording_that_somebody_stopped()
    {
        var story = Story.Arrived().EntersFlowAt(0).QueuesAt(0).IsTakenAt(5, 5);
        story.At(5, Started(story)).At(8, new RecordingStopped(story.Matter, Recording(1), ByAlice)).IsHeldAt(9);

        Assert.Equal(["0 Talk alice"], Segments(story));
        Assert.Equal(ByAlice, story.Record.Recordings[0].StoppedBy);
    }

    [Fact]
    public void A_message_stands_beside_the_recording_of_the_call_whose_parts_are_marked_on()
    {
        var story = Story.Arrived().EntersFlowAt(0);
        story.At(0, Started(story)).At(4, new VoicemailStarted(story.Matter, new("sales"), Recording(2), Party(1), "2.wav")).QueuesAt(6).EndsAt(10)
            .At(11, new RecordingEnded(story.Matter, Recording(1), TimeSpan.FromSeconds(10), 0, null));
        Assert.True(story.Record.IsOpen);

        var record = story.At(12, new VoicemailLeft(story.Matter, new("sales"), Recording(2), Party(1), TimeSpan.FromSeconds(2), "2.wav") { Sha256 = "ab", Bytes = 80_044 }).Record;

        Assert.Equal([["0 Ivr", "6 Waiting"], []], record.Recordings.Select(Segments));
        Assert.Equal((new MailboxId("sales"), "2.wav", TimeSpan.FromSeconds(2), "ab", 80_044L), (record.Recordings[1].Mailbox, record.Recordings[1].File, record.Recordings[1].Length, record.Recordings[1].Sha256, record.Recordings[1].Bytes));
        Assert.DoesNotContain(record.Recordings, recording => recording.Length is null);
    }

    [Fact]
    public void A_no_to_being_recorded_waits_for_no_message_to_be_deleted()
    {
        var story = Story.Arrived().EntersFlowAt(0);
        story.At(1, new RecordingConsentRefused(story.Matter))
            .At(2, new VoicemailStarted(story.Matter, new("sales"), Recording(2), Party(1), "2.wav")).EndsAt(5);
        Assert.True(story.Record.IsOpen);

        Assert.False(story.At(6, new VoicemailLeft(story.Matter, new("sales"), Recording(2), Party(1), TimeSpan.FromSeconds(3), "2.wav")).Record.IsOpen);
    }

    private static RecordingStarted Started(Story story) => new(story.Matter, Recording(1), "1.wav") { Leg = Call(1) };

    private static IEnumerable<string> Segments(Story story) => Segments(Assert.Single(story.Record.Recordings));

    private static IEnumerable<string> Segments(RecordingRecord recording) => recording.Segments.Select(segment => string.Create(
        CultureInfo.InvariantCulture,
        $"{segment.Offset.TotalSeconds} {segment.Kind}{string.Concat(segment.Agents.Select(agent => $" {agent}"))}{(segment.By is { } by ? $" by {by}" : "")}"));
}

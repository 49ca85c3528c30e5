using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>Passing the customer on without asking first.</summary>
public class TransferTests
{
    [Fact]
    public void A_blind_transfer_releases_the_agent_at_once_and_rings_the_new_party()
    {
        var test = Joined();

        var (events, effects) = test.Send(new TransferAsked(Desk, BobsPhone, Alices));

        Assert.Equal(
            [
                new TransferBegan(Matter, 1, TransferKind.Blind, Desk, Alice, new("1001"), "extension:1002", null, Alices),
                new ConversationParted(Matter, Desk, Alice, HangUpCause.Normal, CallEndedBy.Center),
                new PartyDialled(Matter, 1, DialPurpose.Transfer, Desk, "extension:1002"),
            ],
            events);
        Assert.Equal(
            [
                new ReportTransfer(Desk, TransferProgress.Trying),
                new ReportTransfer(Desk, TransferProgress.Completed),
                new EndAssignment(Alice),
                new EndLeg(Desk, HangUpCause.Normal),
                new DialParty(1, BobsPhone, DialPurpose.Transfer, null),
                new LeaveBridge(Customer),
                new PlayRinging(Customer),
            ],
            effects);
    }

    [Fact]
    public void The_leg_that_was_released_ends_without_a_trace()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices));

        var (events, effects) = test.Send(new LegEnded(Desk, HungUp));

        Assert.Empty(events);
        Assert.Empty(effects);
    }

    [Fact]
    public void The_new_party_has_the_customer_once_it_answers()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices));

        var (events, effects) = test.Send(BobAnswers(1));

        Assert.Equal(
            [
                new PartyDialEnded(Matter, 1, DialPurpose.Transfer, DialEnd.Answered),
                new ConversationJoined(Matter, BobsLeg, Bob, new("1002"), null),
                new TransferOver(Matter, 1, TransferEnd.Completed),
            ],
            events);
        Assert.Equal([new TakeAssignment(Bob, Support), new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(BobsLeg)], effects);
    }

    [Theory]
    [InlineData(DialEnd.Busy, TransferEnd.Busy)]
    [InlineData(DialEnd.NoAnswer, TransferEnd.NoAnswer)]
    [InlineData(DialEnd.Rejected, TransferEnd.Rejected)]
    [InlineData(DialEnd.Unreachable, TransferEnd.Unreachable)]
    public void A_customer_whom_nobody_takes_returns_to_whoever_passed_them_on(DialEnd end, TransferEnd told)
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices));

        var (events, effects) = test.Send(new DialFailed(1, end));

        Assert.Equal(
            [
                new PartyDialEnded(Matter, 1, DialPurpose.Transfer, end),
                new TransferOver(Matter, 1, told),
                new PartyDialled(Matter, 2, DialPurpose.Return, Desk, "extension:1001"),
            ],
            events);
        Assert.Equal([new DialParty(2, new TransferTarget.ToPhone(new("1001")), DialPurpose.Return, null)], effects);
    }

    [Fact]
    public void Whoever_takes_the_customer_back_talks_with_them_again()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices), new DialFailed(1, DialEnd.Busy));

        var effects = test.EffectsOf(new DialAnswered(2, Call(5), Alice, new("1001")));

        Assert.Equal([new TakeAssignment(Alice, Support), new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(Call(5))], effects);
    }

    [Fact]
    public void A_customer_whom_nobody_takes_back_either_returns_to_the_flow()
    {
        var test = Joined(Order);
        test.Send(new TransferAsked(Desk, BobsPhone, Alices), new DialFailed(1, DialEnd.Busy));

        Assert.Equal([new StopMusic(Customer), new ReturnToFlow()], test.EffectsOf(new DialFailed(2, DialEnd.NoAnswer)));
    }

    [Fact]
    public void Without_a_flow_that_customer_is_told_goodbye()
    {
        var test = Joined();
        test.Send(new FlowEnded("welcome"), new TransferAsked(Desk, BobsPhone, Alices), new DialFailed(1, DialEnd.Busy));

        Assert.Equal([new StopMusic(Customer), new EndLeg(Customer, HangUpCause.NoAnswer)], test.EffectsOf(new DialFailed(2, DialEnd.NoAnswer)));
    }

    [Fact]
    public void A_customer_who_leaves_while_the_new_party_rings_takes_the_ringing_along()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices));

        var (events, effects) = test.Send(new LegEnded(Customer, HungUp));

        Assert.Equal(
            [
                new PartyDialEnded(Matter, 1, DialPurpose.Transfer, DialEnd.Cancelled),
                new TransferOver(Matter, 1, TransferEnd.Cancelled),
                new InteractionEnded(Matter, HangUpCause.Normal, CallEndedBy.Party),
            ],
            events);
        Assert.Equal([new CancelFlow(), new CancelDial(1)], effects);
    }

    [Fact]
    public void Nothing_finishes_before_the_result_of_a_dial_is_there()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices), new LegEnded(Customer, HungUp), new FlowEnded("welcome"));
        Assert.DoesNotContain(new Finish(), test.Effects);

        Assert.Equal([new Finish()], test.EffectsOf(new DialFailed(1, DialEnd.Cancelled)));
    }

    [Fact]
    public void An_answer_that_comes_too_late_is_hung_up()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices), new LegEnded(Customer, HungUp));

        var (events, effects) = test.Send(BobAnswers(1));

        Assert.Empty(events);
        Assert.Equal([new EndLeg(BobsLeg, HangUpCause.Cancelled)], effects);
    }

    [Fact]
    public void A_number_that_leads_nowhere_changes_nothing_and_is_told()
    {
        var test = Joined();

        var (events, effects) = test.Send(new TransferAsked(Desk, new TransferTarget.Nowhere(DialEnd.Unreachable), Alices));

        Assert.Empty(events);
        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Unreachable)], effects);
    }

    [Fact]
    public void Nobody_transfers_who_is_not_there()
    {
        Assert.Empty(Joined().EffectsOf(new TransferAsked(Call(9), BobsPhone, Alices)));
        Assert.Empty(InFlow().EventsOf(new TransferAsked(Customer, BobsPhone, Alices)));
    }

    [Fact]
    public void A_number_outside_stands_in_no_event()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, new TransferTarget.ToOutside("+37060000009", ["carrier"]), Alices), new DialAnswered(1, Call(5), null, null));

        Assert.DoesNotContain(test.Events, happened => happened.ToString().Contains("37060000009", StringComparison.Ordinal));
        Assert.Contains(new ConversationJoined(Matter, Call(5), null, ConversationJoined.Outside, null) { IsOutside = true }, test.Events);
    }

    [Fact]
    public void A_transfer_to_a_queue_ends_the_flow_and_then_brings_the_customer_there()
    {
        var test = Joined(Order);
        var (_, effects) = test.Send(new TransferAsked(Desk, new TransferTarget.ToPlace("500", "queue:sales"), Alices));
        Assert.Equal([new EndAssignment(Alice), new EndLeg(Desk, HangUpCause.Normal), new LeaveBridge(Customer), new LeaveFlow()], effects.Skip(2));

        (var events, effects) = test.Send(new FlowEnded("welcome"));

        Assert.Equal([new FlowLeft(Matter, "welcome", null), new TransferOver(Matter, 1, TransferEnd.Completed)], events);
        Assert.Equal([new EnterPlace("500")], effects);
    }

    [Fact]
    public void Without_a_flow_the_customer_is_brought_there_at_once()
    {
        var test = Joined();
        test.Send(new FlowEnded("welcome"));

        var effects = test.EffectsOf(new TransferAsked(Desk, new TransferTarget.ToPlace("500", "queue:sales"), Alices));

        Assert.Equal(new EnterPlace("500"), effects[^1]);
        Assert.DoesNotContain(effects, effect => effect is EndLeg { Leg: var leg } && leg == Customer);
    }

    [Fact]
    public void A_recording_goes_on_through_a_transfer_and_is_not_begun_twice()
    {
        var test = Joined(Order);
        test.Send(new TransferAsked(Desk, BobsPhone, Alices), new DialAnswered(1, BobsLeg, Bob, new("1002"), RecordingMode.FromAnswer));

        Assert.Equal([new StartRecording(Order, Customer)], test.Effects.OfType<StartRecording>());
        Assert.Empty(test.Effects.OfType<StopRecording>());
    }

    [Fact]
    public void A_phone_whose_calls_are_recorded_begins_a_recording_where_there_is_none()
    {
        var test = Joined();
        test.Send(new TransferAsked(Desk, BobsPhone, Alices));

        Assert.Contains(new StartRecording(Order, Customer), test.EffectsOf(new DialAnswered(1, BobsLeg, Bob, new("1002"), RecordingMode.FromAnswer)));
    }

    [Fact]
    public void A_phone_that_passes_its_own_call_on_leaves_the_other_party_as_the_customer()
    {
        var test = Joined();
        test.Send(new TransferAsked(Customer, BobsPhone, new("endpoint:101")), BobAnswers(1));

        Assert.Contains(new CustomerChanged(Matter, Desk), test.Events);
        Assert.Contains(new CustomerIs(Desk), test.Effects);
        Assert.Contains(new EndLeg(Customer, HangUpCause.Normal), test.Effects);
        Assert.Empty(test.EventsOf(new LegEnded(Customer, HungUp)));
        Assert.IsType<InteractionEnded>(Assert.Single(test.EventsOf(new LegEnded(Desk, HungUp))));
    }

    [Fact]
    public void Out_of_a_conference_the_others_talk_on_while_the_new_party_rings()
    {
        var test = Consulted();
        test.Send(new ConferenceAsked(Desk));

        var effects = test.EffectsOf(new TransferAsked(Desk, new TransferTarget.ToPhone(new("1003")), Alices));
        Assert.DoesNotContain(effects, effect => effect is LeaveBridge or PlayRinging);

        Assert.Empty(test.EffectsOf(new DialFailed(2, DialEnd.Busy)));
    }

    [Fact]
    public void Somebody_added_joins_those_who_talk()
    {
        var test = Joined();
        Assert.Equal([new DialParty(1, BobsPhone, DialPurpose.Add, Desk)], test.EffectsOf(new PartyAsked(Desk, BobsPhone)));

        Assert.Equal([new TakeAssignment(Bob, Support), new JoinBridge(BobsLeg)], test.EffectsOf(BobAnswers(1)));
        Assert.Equal([new EndLeg(BobsLeg, HangUpCause.Normal)], test.EffectsOf(new RemovalAsked(BobsLeg)));
        Assert.Equal([new EndAssignment(Bob)], test.EffectsOf(new LegEnded(BobsLeg, HungUp)));
    }
}

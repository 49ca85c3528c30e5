using CallCenterKit.Voice;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>Asking somebody while the customer waits.</summary>
public class ConsultationTests
{
    [Fact]
    public void Whoever_consults_hears_ringing_and_the_customer_music()
    {
        var (events, effects) = Joined().Send(new ConsultAsked(Desk, BobsPhone, Alices));

        Assert.Equal(
            [
                new ConsultationBegan(Matter, 1, Desk, Desk, "extension:1002", Alices),
                new PartyDialled(Matter, 1, DialPurpose.Consult, Desk, "extension:1002"),
            ],
            events);
        Assert.Equal(
            [
                new DialParty(1, BobsPhone, DialPurpose.Consult, Desk),
                new LeaveBridge(Desk),
                new LeaveBridge(Customer),
                new PlayMusic(Customer, null),
                new PlayRinging(Desk),
            ],
            effects);
    }

    [Fact]
    public void The_two_talk_in_a_bridge_of_their_own()
    {
        var effects = Consulting().EffectsOf(BobAnswers(1));

        Assert.Equal([new TakeAssignment(Bob, Support), new StopMusic(Desk), new JoinBridge(Desk, 1), new JoinBridge(BobsLeg, 1)], effects);
    }

    [Fact]
    public void A_completed_consultation_joins_customer_and_consulted()
    {
        var (events, effects) = Consulted().Send(new CompletionAsked(Desk, Alices));

        Assert.Equal(
            [
                new TransferBegan(Matter, 1, TransferKind.Attended, Desk, Alice, new("1001"), "extension:1002", null, Alices),
                new ConversationParted(Matter, Desk, Alice, HangUpCause.Normal, CallEndedBy.Center),
                new ConsultationOver(Matter, 1, ConsultationEnd.Transferred),
                new TransferOver(Matter, 1, TransferEnd.Completed),
            ],
            events);
        Assert.Equal(
            [
                new ReportTransfer(Desk, TransferProgress.Completed),
                new EndAssignment(Alice),
                new EndLeg(Desk, HangUpCause.Normal),
                new LeaveBridge(BobsLeg, 1),
                new StopMusic(Customer),
                new JoinBridge(Customer),
                new JoinBridge(BobsLeg),
            ],
            effects);
    }

    [Fact]
    public void Completed_while_it_rings_it_goes_on_as_a_blind_transfer_and_may_return()
    {
        var test = Consulting();

        Assert.Contains(new PlayRinging(Customer), test.EffectsOf(new CompletionAsked(Desk, Alices)));
        Assert.Contains(test.EffectsOf(new DialFailed(1, DialEnd.NoAnswer)), effect => effect is DialParty { Purpose: DialPurpose.Return });
    }

    [Fact]
    public void Completed_while_it_rings_the_new_party_has_the_customer_once_it_answers()
    {
        var test = Consulting();
        test.Send(new CompletionAsked(Desk, Alices));

        Assert.Contains(new JoinBridge(BobsLeg), test.EffectsOf(BobAnswers(1)));
        Assert.Contains(new TransferOver(Matter, 1, TransferEnd.Completed), test.Events);
    }

    [Fact]
    public void A_cancelled_consultation_brings_the_agent_back()
    {
        var (events, effects) = Consulted().Send(new CancellationAsked(Desk));

        Assert.Equal(
            [
                new ConversationParted(Matter, BobsLeg, Bob, HangUpCause.Normal, CallEndedBy.Center),
                new ConsultationOver(Matter, 1, ConsultationEnd.Cancelled),
            ],
            events);
        Assert.Equal(
            [
                new EndAssignment(Bob, InVain: true),
                new EndLeg(BobsLeg, HangUpCause.Normal),
                new LeaveBridge(Desk, 1),
                new StopMusic(Customer),
                new JoinBridge(Customer),
                new JoinBridge(Desk),
            ],
            effects);
    }

    [Fact]
    public void Cancelled_while_it_rings_nobody_is_rung_any_more()
    {
        var effects = Consulting().EffectsOf(new CancellationAsked(Desk));

        Assert.Equal([new CancelDial(1), new StopMusic(Customer), new StopMusic(Desk), new JoinBridge(Customer), new JoinBridge(Desk)], effects);
    }

    [Fact]
    public void Nobody_reached_brings_the_agent_back()
    {
        var (events, effects) = Consulting().Send(new DialFailed(1, DialEnd.Busy));

        Assert.Equal([new PartyDialEnded(Matter, 1, DialPurpose.Consult, DialEnd.Busy), new ConsultationOver(Matter, 1, ConsultationEnd.NotReached)], events);
        Assert.Equal([new StopMusic(Customer), new StopMusic(Desk), new JoinBridge(Customer), new JoinBridge(Desk)], effects);
    }

    [Fact]
    public void In_a_conference_all_are_in_one_bridge()
    {
        var effects = Consulted().EffectsOf(new ConferenceAsked(Desk));

        Assert.Equal(
            [new LeaveBridge(Desk, 1), new LeaveBridge(BobsLeg, 1), new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(Desk), new JoinBridge(BobsLeg)],
            effects);
    }

    [Fact]
    public void Whoever_leaves_a_conference_leaves_the_others_talking()
    {
        var test = Consulted();
        test.Send(new ConferenceAsked(Desk));

        Assert.Equal([new EndAssignment(Alice)], test.EffectsOf(new LegEnded(Desk, HungUp)));
        Assert.Equal([new EndAssignment(Bob), new LeaveBridge(Customer), new ReturnToFlow()], test.EffectsOf(new LegEnded(BobsLeg, HungUp)));
    }

    [Fact]
    public void A_member_of_a_conference_who_holds_leaves_the_others_talking()
    {
        var test = Consulted();
        test.Send(new ConferenceAsked(Desk));

        Assert.Equal([new LeaveBridge(BobsLeg)], test.EffectsOf(new HoldAsked(BobsLeg)));
        Assert.Equal([new JoinBridge(BobsLeg)], test.EffectsOf(new ResumeAsked(BobsLeg)));
    }

    [Fact]
    public void A_customer_who_leaves_a_conference_ends_it_for_all()
    {
        var test = Consulted();
        test.Send(new ConferenceAsked(Desk));

        Assert.Equal([new CancelFlow(), new EndLeg(Desk, HangUpCause.Normal), new EndLeg(BobsLeg, HangUpCause.Normal)], test.EffectsOf(new LegEnded(Customer, HungUp)));
    }

    [Fact]
    public void A_consulted_party_who_hangs_up_gives_the_agent_back_to_the_customer()
    {
        var (events, effects) = Consulted().Send(new LegEnded(BobsLeg, HungUp));

        Assert.Equal(
            [
                new ConsultationOver(Matter, 1, ConsultationEnd.PartyLeft),
                new ConversationParted(Matter, BobsLeg, Bob, HangUpCause.Normal, CallEndedBy.Party),
            ],
            events);
        Assert.Equal([new EndAssignment(Bob, InVain: true), new LeaveBridge(Desk, 1), new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(Desk)], effects);
    }

    [Fact]
    public void An_agent_who_hangs_up_on_the_consulted_party_has_passed_the_customer_on()
    {
        var test = Consulted();

        var effects = test.EffectsOf(new LegEnded(Desk, HungUp));

        Assert.Equal([new EndAssignment(Alice), new LeaveBridge(BobsLeg, 1), new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(BobsLeg)], effects);
        Assert.Contains(new TransferOver(Matter, 1, TransferEnd.Completed), test.Events);
    }

    [Fact]
    public void An_agent_who_hangs_up_while_it_rings_has_passed_the_customer_on_blindly()
    {
        var test = Consulting();

        Assert.Equal([new EndAssignment(Alice), new PlayRinging(Customer)], test.EffectsOf(new LegEnded(Desk, HungUp)));
        Assert.Contains(new JoinBridge(BobsLeg), test.EffectsOf(BobAnswers(1)));
    }

    [Fact]
    public void A_customer_who_leaves_lets_the_two_finish_their_sentence()
    {
        var test = Consulted();

        Assert.Equal([new CancelFlow()], test.EffectsOf(new LegEnded(Customer, HungUp)));
        Assert.Equal([new EndAssignment(Bob, InVain: true), new EndLeg(BobsLeg, HangUpCause.Normal), new EndAssignment(Alice)], test.EffectsOf(new LegEnded(Desk, HungUp)));
        Assert.Contains(new Finish(), test.EffectsOf(new FlowEnded("welcome")));
    }

    [Fact]
    public void After_the_customer_has_left_the_consulted_party_can_hang_up_on_the_agent()
    {
        var test = Consulted();
        test.Send(new LegEnded(Customer, HungUp));

        Assert.Contains(new EndLeg(Desk, HangUpCause.Normal), test.EffectsOf(new LegEnded(BobsLeg, HungUp)));
    }

    [Fact]
    public void A_customer_who_leaves_while_it_rings_ends_all()
    {
        var effects = Consulting().EffectsOf(new LegEnded(Customer, HungUp));

        Assert.Equal([new CancelFlow(), new CancelDial(1), new EndLeg(Desk, HangUpCause.Normal)], effects);
    }

    [Fact]
    public void There_is_one_consultation_at_a_time_for_each()
    {
        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Rejected)], Consulted().EffectsOf(new ConsultAsked(Desk, BobsPhone, Alices)));
        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Rejected)], Consulted().EffectsOf(new TransferAsked(Desk, BobsPhone, Alices)));
    }

    [Fact]
    public void A_machine_is_not_consulted() =>
        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Rejected)], Joined().EffectsOf(new ConsultAsked(Desk, new TransferTarget.ToPlace("500", "queue:sales"), Alices)));

    [Fact]
    public void Within_a_consultation_the_other_hears_music_on_hold()
    {
        var test = Consulted();

        Assert.Equal([new LeaveBridge(Desk, 1), new LeaveBridge(BobsLeg, 1), new PlayMusic(BobsLeg, null)], test.EffectsOf(new HoldAsked(Desk)));
        Assert.Equal([new StopMusic(BobsLeg), new JoinBridge(Desk, 1), new JoinBridge(BobsLeg, 1)], test.EffectsOf(new ResumeAsked(Desk)));
    }

    [Fact]
    public void Held_by_both_sides_they_talk_once_both_have_taken_back()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk), new HoldAsked(Customer));

        Assert.Equal([new PlayMusic(Desk, null)], test.EffectsOf(new ResumeAsked(Desk)));
        Assert.Equal([new StopMusic(Customer), new StopMusic(Desk), new JoinBridge(Customer), new JoinBridge(Desk)], test.EffectsOf(new ResumeAsked(Customer)));
    }

    [Fact]
    public void A_second_call_from_the_phone_that_holds_is_a_consultation()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk));

        var (events, effects) = test.Send(new SecondCallCame(SecondLeg, Desk, BobsPhone, Alices));
        Assert.Contains(new ConsultationBegan(Matter, 1, Desk, SecondLeg, "extension:1002", Alices), events);
        Assert.Equal([new DialParty(1, BobsPhone, DialPurpose.Consult, SecondLeg)], effects);
        Assert.Equal([new RingLeg(SecondLeg)], test.EffectsOf(new DialRings(1)));
        Assert.Equal([new TakeAssignment(Bob, Support), new AnswerLeg(SecondLeg), new JoinBridge(SecondLeg, 1), new JoinBridge(BobsLeg, 1)], test.EffectsOf(BobAnswers(1)));
    }

    [Fact]
    public void The_phone_that_refers_one_leg_to_the_other_has_passed_the_customer_on()
    {
        var test = BySecondCall();

        var effects = test.EffectsOf(new AttendedTransferAsked(Desk, SecondLeg, Alices));

        Assert.Equal(
            [
                new ReportTransfer(Desk, TransferProgress.Completed),
                new EndLeg(SecondLeg, HangUpCause.Normal),
                new EndAssignment(Alice),
                new EndLeg(Desk, HangUpCause.Normal),
                new LeaveBridge(BobsLeg, 1),
                new StopMusic(Customer),
                new JoinBridge(Customer),
                new JoinBridge(BobsLeg),
            ],
            effects);
    }

    [Fact]
    public void It_may_refer_the_second_leg_to_the_first_as_well()
    {
        var test = BySecondCall();

        Assert.Equal(new ReportTransfer(SecondLeg, TransferProgress.Completed), test.EffectsOf(new AttendedTransferAsked(SecondLeg, Desk, Alices))[0]);
        Assert.Contains(new TransferOver(Matter, 1, TransferEnd.Completed), test.Events);
    }

    [Fact]
    public void Hanging_up_the_second_call_ends_the_consultation_and_the_first_waits_to_be_taken_back()
    {
        var test = BySecondCall();

        Assert.Equal([new EndAssignment(Bob, InVain: true), new EndLeg(BobsLeg, HangUpCause.Normal)], test.EffectsOf(new LegEnded(SecondLeg, HungUp)));
        Assert.Equal([new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(Desk)], test.EffectsOf(new ResumeAsked(Desk)));
    }

    [Fact]
    public void A_second_call_that_reaches_nobody_is_refused_with_the_reason()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk), new SecondCallCame(SecondLeg, Desk, BobsPhone, Alices));

        Assert.Equal([new EndLeg(SecondLeg, HangUpCause.Busy)], test.EffectsOf(new DialFailed(1, DialEnd.Busy)));
    }

    [Fact]
    public void A_phone_goes_to_and_fro_between_its_two_calls()
    {
        var test = BySecondCall();

        Assert.Equal([new LeaveBridge(SecondLeg, 1), new LeaveBridge(BobsLeg, 1), new PlayMusic(BobsLeg, null)], test.EffectsOf(new HoldAsked(SecondLeg)));
        Assert.Equal([new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(Desk)], test.EffectsOf(new ResumeAsked(Desk)));
    }

    [Fact]
    public void A_phone_that_drops_the_customer_during_a_second_call_talks_on()
    {
        var test = BySecondCall();

        Assert.Equal([new StopMusic(Customer), new ReturnToFlow()], test.EffectsOf(new LegEnded(Desk, HungUp)));
        Assert.Equal([new EndAssignment(Bob, InVain: true), new EndAssignment(Alice), new EndLeg(SecondLeg, HangUpCause.Normal)], test.EffectsOf(new LegEnded(BobsLeg, HungUp)).OrderBy(effect => effect is EndLeg).ThenByDescending(effect => effect.ToString()));
    }

    [Fact]
    public void A_recording_goes_on_through_a_consultation()
    {
        var test = Consulted(Order);
        test.Send(new CompletionAsked(Desk, Alices));

        Assert.Single(test.Effects.OfType<StartRecording>());
        Assert.Empty(test.Effects.OfType<StopRecording>());
    }

    [Fact]
    public void A_hang_up_of_all_lets_nobody_hear_what_was_not_meant_for_them()
    {
        var effects = Consulted().EffectsOf(new HangUpAsked(HangUpCause.ShuttingDown, new("system")));

        Assert.Equal([new EndLeg(Desk, HangUpCause.ShuttingDown), new EndLeg(BobsLeg, HangUpCause.ShuttingDown), new EndLeg(Customer, HangUpCause.ShuttingDown)], effects);
    }

    private static TestConversation BySecondCall()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk), new SecondCallCame(SecondLeg, Desk, BobsPhone, Alices), BobAnswers(1));
        return test;
    }
}

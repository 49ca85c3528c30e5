using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>What is recorded of a conversation, and what is not.</summary>
public class RecordingTests
{
    private static readonly CallId Late = Call(5);

    [Fact]
    public void From_the_ivr_it_begins_with_the_customers_answer()
    {
        var test = Arrived(RecordingMode.FromIvr);

        var (events, effects) = test.Send(new LegAnswered(Customer));

        Assert.Equal([new InteractionAnswered(Matter, Customer), new RecordingStarted(Matter, Order.Id, Order.File) { Leg = Customer }], events);
        Assert.Equal([new StartRecording(Order, Customer)], effects);
    }

    [Fact]
    public void From_the_answer_it_begins_with_the_first_of_ours()
    {
        var test = Arrived(RecordingMode.FromAnswer);

        Assert.DoesNotContain(test.EffectsOf(new LegAnswered(Customer)), effect => effect is StartRecording);
        Assert.Equal(
            [new StartRecording(Order, Customer), new JoinBridge(Customer), new JoinBridge(Desk)],
            test.EffectsOf(new AgentJoined(Desk, Alice, new("1001"), null, null)));
    }

    [Fact]
    public void A_customer_who_is_rung_so_far_is_answered_then_recorded_then_joined()
    {
        var test = Arrived(RecordingMode.FromAnswer);

        var effects = test.EffectsOf(new AgentJoined(Desk, Alice, new("1001"), null, null));

        Assert.Equal([new AnswerLeg(Customer), new StartRecording(Order, Customer), new JoinBridge(Customer), new JoinBridge(Desk)], effects);
    }

    [Fact]
    public void A_queue_that_records_from_the_ivr_records_the_wait()
    {
        var test = Arrived(null);
        test.Send(new LegAnswered(Customer));

        Assert.Equal(
            [new RecordingRuled(Matter, Support, RecordingMode.FromIvr), new RecordingStarted(Matter, Order.Id, Order.File) { Leg = Customer }],
            test.EventsOf(new WaitStarted(Support, null) { Recording = RecordingMode.FromIvr }));
    }

    [Fact]
    public void Where_nobody_says_anything_nothing_is_recorded_and_nothing_can_be_asked_for()
    {
        var test = Joined();

        Assert.Empty(test.EventsOf(new RecordingStartAsked(Alices)));
        Assert.Empty(test.Effects.OfType<StartRecording>());
    }

    [Fact]
    public void The_rule_of_a_queue_is_over_with_the_queue()
    {
        var test = Arrived(null);
        test.Send(new LegAnswered(Customer), new WaitStarted(Support, null) { Recording = RecordingMode.FromAnswer });

        Assert.Contains(new RecordingRuled(Matter, null, null), test.EventsOf(new WaitEnded(Support)));
        Assert.Empty(test.EventsOf(new AgentJoined(Desk, Alice, new("1001"), null, null)).OfType<RecordingStarted>());
    }

    [Fact]
    public void It_goes_on_at_the_next_queue_and_is_not_begun_a_second_time()
    {
        var test = Joined(Order);
        test.Send(new TransferAsked(Desk, new TransferTarget.ToPlace("500", "queue:sales"), Alices), new FlowEnded("welcome"), new FlowStarted("queue:sales"));
        test.Send(new WaitStarted(new("sales"), null) { Recording = RecordingMode.FromIvr }, new AgentJoined(BobsLeg, Bob, new("1002"), new("sales"), RecordingMode.FromAnswer));

        Assert.Single(test.Effects.OfType<StartRecording>());
        Assert.DoesNotContain(test.Effects, effect => effect is StopRecording or PauseRecording);
    }

    [Fact]
    public void Who_must_not_be_recorded_is_not_from_the_first_word_to_the_last()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer));

        var (events, effects) = test.Send(new AgentJoined(Desk, Alice, new("1001"), null, RecordingMode.Never));
        Assert.Contains(new RecordingPaused(Matter, Order.Id, RecordingPolicy.Actor), events);
        Assert.Equal([new PauseRecording(Order.Id), new JoinBridge(Customer), new JoinBridge(Desk)], effects);

        (events, effects) = test.Send(new LegEnded(Desk, HungUp));
        Assert.Contains(new RecordingResumed(Matter, Order.Id, RecordingPolicy.Actor), events);
        Assert.True(effects.ToList().IndexOf(new LeaveBridge(Customer)) < effects.ToList().IndexOf(new ResumeRecording(Order.Id)));
    }

    [Fact]
    public void Where_a_rule_says_never_nobody_can_start_it()
    {
        var test = Arrived(RecordingMode.Never);
        test.Send(new LegAnswered(Customer), new AgentJoined(Desk, Alice, new("1001"), null, RecordingMode.FromIvr));

        Assert.Empty(test.EventsOf(new RecordingStartAsked(Alices)));
        Assert.Empty(test.Effects.OfType<StartRecording>());
    }

    [Fact]
    public void On_demand_it_begins_and_ends_when_asked_for()
    {
        var test = Joined(RecordingMode.OnDemand);

        Assert.Equal([new RecordingStarted(Matter, Order.Id, Order.File) { Leg = Customer, By = Alices }], test.EventsOf(new RecordingStartAsked(Alices)));
        Assert.Empty(test.EventsOf(new RecordingStartAsked(Alices)));
        Assert.Equal([new StopRecording(Order.Id)], test.EffectsOf(new RecordingStopAsked(Alices)));
        Assert.Empty(test.EventsOf(new RecordingStopAsked(Alices)));
        Assert.Equal([new StartRecording(NextOrder, Customer)], test.EffectsOf(new RecordingStartAsked(Alices)));
    }

    [Fact]
    public void What_a_rule_wants_recorded_nobody_stops() => Assert.Empty(Joined(Order).EventsOf(new RecordingStopAsked(Alices)));

    [Fact]
    public void A_recording_that_failed_is_begun_again_only_when_asked_for()
    {
        var test = Joined(Order);
        test.Send(new RecordingClosed(Order.Id, TimeSpan.FromSeconds(1), 0, "disk full"));

        test.Send(new HoldAsked(Desk), new ResumeAsked(Desk));
        Assert.Single(test.Effects.OfType<StartRecording>());

        Assert.Contains(new StartRecording(NextOrder, Customer), test.EffectsOf(new RecordingStartAsked(Alices)));
    }

    [Fact]
    public void A_pause_holds_until_it_is_taken_back()
    {
        var test = Joined(Order);

        var (events, effects) = test.Send(new RecordingPauseAsked(Alices));
        Assert.Equal([new RecordingPaused(Matter, Order.Id, Alices)], events);
        Assert.Equal([new PauseRecording(Order.Id)], effects);
        Assert.Empty(test.EventsOf(new RecordingPauseAsked(Alices)));

        (events, effects) = test.Send(new RecordingResumeAsked(Alices));
        Assert.Equal([new RecordingResumed(Matter, Order.Id, Alices)], events);
        Assert.Equal([new ResumeRecording(Order.Id)], effects);
        Assert.Empty(test.EventsOf(new RecordingResumeAsked(Alices)));
    }

    [Fact]
    public void A_flow_that_waits_is_told_whether_there_is_a_recording_or_not()
    {
        Assert.Equal([new ConfirmRecording()], InFlow().EffectsOf(new RecordingPauseAsked(new("flow")) { IsAwaited = true }));
        Assert.Equal([new PauseRecording(Order.Id), new ConfirmRecording()], Joined(Order).EffectsOf(new RecordingPauseAsked(new("flow")) { IsAwaited = true }));
    }

    [Fact]
    public void What_a_person_has_paused_no_rule_resumes()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer), new AgentJoined(Desk, Alice, new("1001"), null, RecordingMode.Never), new RecordingPauseAsked(Alices));

        Assert.DoesNotContain(test.EffectsOf(new LegEnded(Desk, HungUp)), effect => effect is ResumeRecording);
    }

    [Fact]
    public void What_a_rule_has_paused_no_person_resumes()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer), new RecordingPauseAsked(Alices), new AgentJoined(Desk, Alice, new("1001"), null, RecordingMode.Never));

        var (events, effects) = test.Send(new RecordingResumeAsked(Alices));
        Assert.Equal([new RecordingPaused(Matter, Order.Id, RecordingPolicy.Actor)], events);
        Assert.Empty(effects);

        Assert.Contains(new ResumeRecording(Order.Id), test.EffectsOf(new LegEnded(Desk, HungUp)));
    }

    [Fact]
    public void Another_leg_of_the_customer_is_the_next_part_paused_as_it_was()
    {
        var test = Joined(Order);
        test.Send(new RecordingPauseAsked(Alices));

        var (events, effects) = test.Send(new LegTakenOver(Customer, Late, null, new("1009")));

        Assert.Equal([new RecordingStarted(Matter, NextOrder.Id, NextOrder.File) { Leg = Late }, new RecordingPaused(Matter, NextOrder.Id, Alices)], events.Skip(1));
        Assert.Contains(new StopRecording(Order.Id), effects);
        Assert.Equal(new StartRecording(NextOrder with { StartPaused = true }, Late), effects[^1]);
    }

    [Fact]
    public void A_no_deletes_what_was_recorded_and_lets_nothing_follow()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer));

        var (events, effects) = test.Send(new ConsentNoted(RecordingConsent.Refused));
        Assert.Equal([new RecordingConsentRefused(Matter)], events);
        Assert.Equal([new StopRecording(Order.Id)], effects);

        (events, effects) = test.Send(new RecordingClosed(Order.Id, TimeSpan.FromSeconds(4), 0, null) { Sha256 = "ab", Bytes = 44 });
        Assert.Equal([new RecordingEnded(Matter, Order.Id, TimeSpan.FromSeconds(4), 0, null)], events);
        Assert.Equal([new DeleteRecording(Order.Id, Order.File)], effects);
        Assert.Equal([new RecordingDiscarded(Matter, Order.Id)], test.EventsOf(new RecordingDeleted(Order.Id, null)));

        test.Send(new AgentJoined(Desk, Alice, new("1001"), Support, RecordingMode.FromAnswer), new RecordingStartAsked(Alices));
        Assert.Single(test.Effects.OfType<StartRecording>());
    }

    [Fact]
    public void A_no_that_comes_after_the_hang_up_deletes_all_the_same_and_is_waited_for()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer), new LegEnded(Customer, HungUp), new RecordingClosed(Order.Id, TimeSpan.FromSeconds(4), 0, null));

        Assert.Equal([new DeleteRecording(Order.Id, Order.File)], test.EffectsOf(new ConsentNoted(RecordingConsent.Refused)));
        Assert.DoesNotContain(test.EffectsOf(new FlowEnded("welcome")), effect => effect is Finish);
        Assert.Equal([new Finish()], test.EffectsOf(new RecordingDeleted(Order.Id, null)));
    }

    [Fact]
    public void A_file_that_cannot_be_deleted_is_not_said_to_be_gone()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer), new ConsentNoted(RecordingConsent.Refused), new RecordingClosed(Order.Id, TimeSpan.FromSeconds(4), 0, null));

        Assert.Equal([new RecordingNotDiscarded(Matter, Order.Id, "read-only")], test.EventsOf(new RecordingDeleted(Order.Id, "read-only")));
    }

    [Fact]
    public void Asked_again_a_no_counts_until_there_is_a_yes()
    {
        var test = Joined(RecordingMode.OnDemand);
        Assert.Equal([new RecordingConsentAsked(Matter)], test.EventsOf(new ConsentNoted(RecordingConsent.Asked)));
        test.Send(new ConsentNoted(RecordingConsent.Refused), new ConsentNoted(RecordingConsent.Asked));

        Assert.Empty(test.EventsOf(new RecordingStartAsked(Alices)));
        test.Send(new ConsentNoted(RecordingConsent.Given));
        Assert.NotEmpty(test.EventsOf(new RecordingStartAsked(Alices)));
    }

    [Fact]
    public void A_yes_is_written_once_and_changes_nothing_else()
    {
        var test = Arrived(RecordingMode.FromIvr);
        test.Send(new LegAnswered(Customer));

        Assert.Equal([new RecordingConsentGiven(Matter)], test.EventsOf(new ConsentNoted(RecordingConsent.Given)));
        Assert.Empty(test.EventsOf(new ConsentNoted(RecordingConsent.Given)));
    }

    [Fact]
    public void Who_has_refused_and_is_given_to_another_interaction_is_not_recorded_there_either()
    {
        var refused = Joined();
        refused.Send(new ConsentNoted(RecordingConsent.Refused));
        var handed = refused.EffectsOf(new HandOverAsked(Desk, Interaction(2), Call(9), Alices)).OfType<HandOver>().Single().Parties;

        var other = Joined(Order);
        var effects = other.EffectsOf(new PartiesHandedOver(Desk, handed, Alices));

        Assert.Contains(new PauseRecording(Order.Id), effects);
    }

    [Fact]
    public void A_customer_who_is_called_back_after_a_no_is_not_recorded()
    {
        var test = new TestConversation();
        test.Send(new CustomerCalledBack(Customer) { Recording = RecordingMode.Never }, new AgentJoined(Desk, Alice, new("1001"), Support, RecordingMode.FromAnswer));

        Assert.Empty(test.Effects.OfType<StartRecording>());
    }

    private static TestConversation Arrived(RecordingMode? rule)
    {
        var test = new TestConversation();
        test.Send(new CustomerArrived(Customer, Party(1), CallDirection.Inbound, "trunk:main", "5000"), new FlowStarted("welcome") { Recording = rule });
        return test;
    }

    private static TestConversation Joined(RecordingMode rule)
    {
        var test = TestConversation.Joined();
        test.Send(new LegEnded(Desk, HungUp), new AgentJoined(Late, Alice, new("1001"), null, rule));
        return test;
    }

    private static TestConversation Joined(RecordingOrder? recording = null) => TestConversation.Joined(recording);
}

using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

public class ConversationTests
{
    [Fact]
    public void An_arrival_says_who_and_from_where()
    {
        var test = new TestConversation();

        var (events, effects) = test.Send(new CustomerArrived(Customer, Party(1), CallDirection.Inbound, "trunk:main", "5000"));

        Assert.Equal([new InteractionStarted(Matter, Party(1), Customer, CallDirection.Inbound, "trunk:main", "5000")], events);
        Assert.Empty(effects);
    }

    [Fact]
    public void An_answer_counts_once_and_only_the_customers()
    {
        var test = InFlow();

        Assert.Empty(test.EventsOf(new LegAnswered(Desk)));
        Assert.Equal([new InteractionAnswered(Matter, Customer)], test.EventsOf(new LegAnswered(Customer)));
        Assert.Empty(test.EventsOf(new LegAnswered(Customer)));
    }

    [Fact]
    public void Music_plays_while_waiting_and_stops_when_the_wait_is_over()
    {
        var test = InFlow();

        Assert.Equal([new PlayMusic(Customer, "music.wav")], test.EffectsOf(new WaitStarted(Support, "music.wav")));
        Assert.Empty(test.EffectsOf(new WaitEnded(new("other"))));
        Assert.Equal([new StopMusic(Customer), new ReturnToFlow()], test.EffectsOf(new WaitEnded(Support)));
        Assert.Empty(test.EffectsOf(new WaitEnded(Support)));
    }

    [Fact]
    public void A_flow_that_starts_after_the_customer_has_left_is_cancelled_and_leaves_no_trace()
    {
        var test = new TestConversation();
        test.Send(new CustomerArrived(Customer, Party(1), CallDirection.Inbound, "trunk:main", "5000"), new LegEnded(Customer, HungUp));

        Assert.Equal([new CancelFlow()], test.EffectsOf(new FlowStarted("welcome")));
        Assert.Empty(test.EffectsOf(new FlowEnded("welcome")));
        Assert.IsType<InteractionEnded>(test.Events[^1]);
    }

    [Fact]
    public void A_silent_wait_plays_nothing() => Assert.Empty(InFlow().EffectsOf(new WaitStarted(Support, null)));

    [Fact]
    public void An_agent_who_answers_is_joined_and_the_customer_recorded()
    {
        var test = InFlow();
        test.Send(new LegAnswered(Customer));

        var (events, effects) = test.Send(new AgentJoined(Desk, Alice, new("1001"), Support, RecordingMode.FromAnswer));

        Assert.Equal(
            [
                new ConversationJoined(Matter, Desk, Alice, new("1001"), Support) { Recording = RecordingMode.FromAnswer },
                new RecordingStarted(Matter, Order.Id, Order.File) { Leg = Customer },
            ],
            events);
        Assert.Equal([new StartRecording(Order, Customer), new JoinBridge(Customer), new JoinBridge(Desk)], effects);
        Assert.True(test.Conversation.IsJoined);
    }

    [Fact]
    public void A_customer_who_was_rung_so_far_is_answered_before_the_bridge() =>
        Assert.Equal(
            [new AnswerLeg(Customer), new JoinBridge(Customer), new JoinBridge(Desk)],
            InFlow().EffectsOf(new AgentJoined(Desk, Alice, new("1001"), Support, null)));

    [Fact]
    public void An_extension_is_joined_like_an_agent_but_owes_routing_nothing()
    {
        var test = InFlow();
        test.Send(new ExtensionJoined(Desk, new("1001"), null));

        Assert.DoesNotContain(test.EffectsOf(new LegEnded(Desk, HungUp)), effect => effect is EndAssignment);
    }

    [Fact]
    public void An_agent_who_answers_after_the_customer_left_is_hung_up_and_released()
    {
        var test = InFlow();
        test.Send(new LegEnded(Customer, HungUp));

        var (events, effects) = test.Send(new AgentJoined(Desk, Alice, new("1001"), Support, RecordingMode.FromAnswer));

        Assert.Empty(events);
        Assert.Equal([new EndLeg(Desk, HangUpCause.Cancelled), new EndAssignment(Alice)], effects);
    }

    [Fact]
    public void A_customer_who_leaves_first_ends_the_agents_leg_and_the_flow()
    {
        var test = Joined();

        var (events, effects) = test.Send(new LegEnded(Customer, HungUp));

        Assert.Equal([new InteractionEnded(Matter, HangUpCause.Normal, CallEndedBy.Party)], events);
        Assert.Equal([new CancelFlow(), new EndLeg(Desk, HangUpCause.Normal)], effects);
        Assert.Equal([new EndAssignment(Alice)], test.EffectsOf(new LegEnded(Desk, HungUp)));
        Assert.Equal([new Finish()], test.EffectsOf(new FlowEnded("welcome")));
    }

    [Fact]
    public void An_agent_who_leaves_first_gives_the_customer_back_to_the_flow()
    {
        var test = Joined();

        var (events, effects) = test.Send(new LegEnded(Desk, HungUp));

        Assert.Equal([new ConversationParted(Matter, Desk, Alice, HangUpCause.Normal, CallEndedBy.Party)], events);
        Assert.Equal([new EndAssignment(Alice), new LeaveBridge(Customer), new ReturnToFlow()], effects);
        Assert.False(test.Conversation.IsJoined);
    }

    [Fact]
    public void Without_a_flow_the_customer_is_hung_up_when_the_agent_leaves()
    {
        var test = Joined();
        test.Send(new FlowEnded("welcome"));

        Assert.Equal(
            [new EndAssignment(Alice), new LeaveBridge(Customer), new EndLeg(Customer, HangUpCause.Normal)],
            test.EffectsOf(new LegEnded(Desk, HungUp)));
    }

    [Fact]
    public void After_the_survey_the_customer_can_be_joined_with_another_agent()
    {
        var test = Joined();
        test.Send(new LegEnded(Desk, HungUp));

        var effects = test.EffectsOf(new AgentJoined(Call(3), new("bob"), new("1002"), Support, null));

        Assert.Equal([new JoinBridge(Customer), new JoinBridge(Call(3))], effects);
    }

    [Theory]
    [InlineData(null, HangUpCause.Normal)]
    [InlineData("boom", HangUpCause.Failed)]
    public void A_flow_that_returns_ends_whom_it_still_holds(string? fault, HangUpCause cause)
    {
        var (events, effects) = InFlow().Send(new FlowEnded("welcome", fault));

        Assert.Equal([new FlowLeft(Matter, "welcome", fault)], events);
        Assert.Equal([new EndLeg(Customer, cause)], effects);
    }

    [Fact]
    public void A_flow_that_returns_during_a_conversation_leaves_it_alone() =>
        Assert.Empty(Joined().EffectsOf(new FlowEnded("welcome")));

    [Fact]
    public void That_a_leg_sounds_poor_and_good_again_is_noted_and_changes_nothing()
    {
        var test = Joined();
        var poor = new CallQuality(true, 2.7134, 0.12504, TimeSpan.FromMilliseconds(31), TimeSpan.FromMilliseconds(240));

        var (events, effects) = test.Send(new QualityChanged(Desk, poor));
        Assert.Equal([new LegQualityPoor(Matter, Desk, 2.71, 0.125, poor.Jitter, poor.RoundTrip)], events);
        Assert.Empty(effects);

        (events, effects) = test.Send(new QualityChanged(Desk, poor with { IsPoor = false, Mos = 4 }));
        Assert.Equal([new LegQualityGood(Matter, Desk, 4)], events);
        Assert.Empty(effects);
        Assert.Empty(test.EventsOf(new QualityChanged(BobsLeg, poor)));
    }

    [Fact]
    public void Held_by_the_agent_the_customer_hears_music_until_taken_back()
    {
        var test = Joined();

        var (events, effects) = test.Send(new HoldAsked(Desk));
        Assert.Equal([new ConversationHeld(Matter, Desk)], events);
        Assert.Equal([new LeaveBridge(Desk), new LeaveBridge(Customer), new PlayMusic(Customer, null)], effects);
        Assert.True(test.Conversation.IsHeld);

        (events, effects) = test.Send(new ResumeAsked(Desk));
        Assert.Equal([new ConversationResumed(Matter, Desk)], events);
        Assert.Equal([new StopMusic(Customer), new JoinBridge(Customer), new JoinBridge(Desk)], effects);
        Assert.False(test.Conversation.IsHeld);
    }

    [Fact]
    public void Held_by_the_customer_the_agent_hears_music()
    {
        var test = Joined();

        Assert.Contains(new PlayMusic(Desk, null), test.EffectsOf(new HoldAsked(Customer)));
        Assert.Contains(new StopMusic(Desk), test.EffectsOf(new ResumeAsked(Customer)));
    }

    [Fact]
    public void Only_the_holder_can_take_the_other_back()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk));

        Assert.Empty(test.EffectsOf(new ResumeAsked(Customer)));
        Assert.Empty(test.EffectsOf(new HoldAsked(Customer)));
        Assert.True(test.Conversation.IsHeld);
    }

    [Fact]
    public void Nobody_is_held_by_a_leg_that_does_not_speak_here()
    {
        var test = Joined();

        Assert.Empty(test.EffectsOf(new HoldAsked(Call(9))));
        Assert.False(test.Conversation.IsHeld);
    }

    [Fact]
    public void Without_a_conversation_nobody_is_held()
    {
        var test = InFlow();

        Assert.Empty(test.EffectsOf(new HoldAsked(Customer)));
        Assert.False(test.Conversation.IsHeld);
    }

    [Fact]
    public void A_customer_who_holds_before_an_agent_comes_holds_the_agent()
    {
        var test = InFlow();
        test.Send(new HoldAsked(Customer));

        Assert.Contains(new PlayMusic(Desk, null), test.EffectsOf(new AgentJoined(Desk, Alice, new("1001"), Support, null)));
        Assert.True(test.Conversation.IsHeld);
        Assert.Contains(new StopMusic(Desk), test.EffectsOf(new ResumeAsked(Customer)));
    }

    [Fact]
    public void An_agent_who_leaves_during_hold_ends_the_music_and_nobody_is_held()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk));

        var (events, effects) = test.Send(new LegEnded(Desk, HungUp));

        Assert.Equal([new ConversationParted(Matter, Desk, Alice, HangUpCause.Normal, CallEndedBy.Party)], events);
        Assert.Equal([new EndAssignment(Alice), new StopMusic(Customer), new ReturnToFlow()], effects);
        Assert.False(test.Conversation.IsHeld);
    }

    [Fact]
    public void A_customer_who_leaves_during_hold_resumes_nothing()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk), new LegEnded(Customer, HungUp), new LegEnded(Desk, HungUp));

        Assert.DoesNotContain(test.Events, happened => happened is ConversationResumed);
        Assert.Empty(test.EffectsOf(new ResumeAsked(Desk)));
    }

    [Fact]
    public void A_hang_up_during_hold_ends_both_legs()
    {
        var test = Joined();
        test.Send(new HoldAsked(Desk));

        Assert.Equal(
            [new EndLeg(Desk, HangUpCause.ShuttingDown), new EndLeg(Customer, HangUpCause.ShuttingDown)],
            test.EffectsOf(new HangUpAsked(HangUpCause.ShuttingDown, new("system"))));

        test.Send(new LegEnded(Desk, HungUp), new LegEnded(Customer, HungUp), new FlowEnded("welcome"));
        Assert.Single(test.Effects, effect => effect is Finish);
    }

    [Fact]
    public void A_recording_goes_on_when_the_agent_leaves_and_the_customer_stays() =>
        Assert.DoesNotContain(Joined(Order).EffectsOf(new LegEnded(Desk, HungUp)), effect => effect is StopRecording);

    [Fact]
    public void A_recording_that_closes_late_is_waited_for()
    {
        var test = Joined(Order);
        test.Send(new LegEnded(Customer, HungUp), new LegEnded(Desk, HungUp), new FlowEnded("welcome"));
        Assert.DoesNotContain(test.Effects, effect => effect is Finish);

        var (events, effects) = test.Send(new RecordingClosed(Order.Id, TimeSpan.FromSeconds(4), 2, null));

        Assert.Equal([new RecordingEnded(Matter, Order.Id, TimeSpan.FromSeconds(4), 2, null)], events);
        Assert.Equal([new Finish()], effects);
    }

    [Fact]
    public void A_recording_is_closed_once()
    {
        var test = Joined(Order);
        var closed = new RecordingClosed(Order.Id, TimeSpan.FromSeconds(4), 0, "disk full");
        test.Send(closed);

        Assert.Empty(test.EventsOf(closed));
    }

    [Fact]
    public void A_leg_that_ends_twice_ends_once()
    {
        var test = Joined();
        test.Send(new LegEnded(Customer, HungUp));

        Assert.Empty(test.EventsOf(new LegEnded(Customer, HungUp)));
        Assert.Single(test.EventsOf(new LegEnded(Desk, HungUp)));
        Assert.Empty(test.EventsOf(new LegEnded(Desk, HungUp)));
    }

    [Fact]
    public void A_customer_who_is_refused_before_any_flow_leaves_nothing_behind()
    {
        var test = new TestConversation();
        test.Send(new CustomerArrived(Customer, Party(1), CallDirection.Inbound, "stranger", "5000"));

        Assert.Equal([new Finish()], test.EffectsOf(new LegEnded(Customer, new(HangUpCause.NotFound, CallEndedBy.Center))));
    }
}

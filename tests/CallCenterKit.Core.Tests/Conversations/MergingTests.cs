using CallCenterKit.Voice;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>Legs that take the place of others, and two interactions that become one.</summary>
public class MergingTests
{
    private static readonly InteractionId Other = Interaction(2);
    private static readonly HandedParty Handed = new(BobsLeg, Bob, new("1002"));

    [Fact]
    public void A_leg_in_another_interaction_is_asked_for_there()
    {
        var (events, effects) = Joined().Send(new AttendedTransferAsked(Desk, Call(9), Alices));

        Assert.Empty(events);
        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Trying), new AskForHandOver(Call(9), Desk, Alices)], effects);
    }

    [Fact]
    public void Whoever_comes_from_there_takes_the_agents_place()
    {
        var (events, effects) = Joined().Send(new PartiesHandedOver(Desk, [Handed], Alices));

        Assert.Equal(
            [
                new TransferBegan(Matter, 1, TransferKind.Attended, Desk, Alice, new("1001"), "extension:1002", null, Alices),
                new ConversationParted(Matter, Desk, Alice, HangUpCause.Normal, CallEndedBy.Center),
                new ConversationJoined(Matter, BobsLeg, Bob, new("1002"), null),
                new TransferOver(Matter, 1, TransferEnd.Completed),
            ],
            events);
        Assert.Equal(
            [
                new ReportTransfer(Desk, TransferProgress.Completed),
                new EndAssignment(Alice),
                new EndLeg(Desk, HangUpCause.Normal),
                new JoinBridge(BobsLeg),
            ],
            effects);
    }

    [Fact]
    public void Nobody_to_be_had_is_told()
    {
        var test = Joined();

        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Rejected)], test.EffectsOf(new HandOverRefused(Desk)));
        Assert.Equal([new LeaveBridge(Desk), new LeaveBridge(Customer), new PlayMusic(Customer, null)], test.EffectsOf(new HoldAsked(Desk)));
    }

    [Fact]
    public void Those_who_come_when_the_customer_has_left_are_hung_up()
    {
        var test = Joined();
        test.Send(new LegEnded(Customer, HungUp));

        Assert.Equal([new EndLeg(BobsLeg, HangUpCause.Normal), new EndAssignment(Bob)], test.EffectsOf(new PartiesHandedOver(Desk, [Handed], Alices)));
    }

    [Fact]
    public void A_phone_that_called_here_itself_leaves_and_the_one_it_talked_with_is_given()
    {
        var test = Joined();

        var (events, effects) = test.Send(new HandOverAsked(Customer, Other, Call(9), Alices));

        Assert.Equal(
            [
                new InteractionMerged(Matter, Other, Customer),
                new ConversationParted(Matter, Desk, Alice, HangUpCause.Normal, CallEndedBy.Center),
                new InteractionEnded(Matter, HangUpCause.Normal, CallEndedBy.Center),
            ],
            events);
        Assert.Equal(
            [
                new LeaveFlow(),
                new LeaveBridge(Desk),
                new HandOver(Other, Call(9), Expected, Alices),
                new EndAssignment(Alice, InVain: true),
                new ReportTransfer(Customer, TransferProgress.Completed),
                new CancelFlow(),
                new EndLeg(Customer, HangUpCause.Normal),
            ],
            effects.Select(Comparable));
        Assert.Empty(test.EventsOf(new LegEnded(Customer, HungUp)));
        Assert.Equal([new Finish()], test.EffectsOf(new FlowEnded("welcome")));
    }

    [Fact]
    public void The_customer_here_can_be_given_too_and_the_interaction_ends()
    {
        var test = Joined(Order);

        var (events, effects) = test.Send(new HandOverAsked(Desk, Other, Call(9), Alices));

        Assert.IsType<InteractionMerged>(events[0]);
        Assert.IsType<InteractionEnded>(events[^1]);
        Assert.Contains(new LeaveBridge(Customer), effects);
        Assert.Contains(new StopRecording(Order.Id), effects);
        Assert.Contains(new EndLeg(Desk, HangUpCause.Normal), effects);
        Assert.DoesNotContain(effects, effect => effect is EndLeg { Leg: var leg } && leg == Customer);
    }

    [Fact]
    public void Who_has_nobody_with_them_gives_nobody()
    {
        Assert.Equal([new ReportTransfer(Customer, TransferProgress.Rejected), new RefuseHandOver(Other, Call(9))], InFlow().EffectsOf(new HandOverAsked(Customer, Other, Call(9), Alices)));
        Assert.Equal([new ReportTransfer(Desk, TransferProgress.Rejected), new RefuseHandOver(Other, Call(9))], Consulted().EffectsOf(new HandOverAsked(Desk, Other, Call(9), Alices)));
    }

    [Fact]
    public void Another_leg_takes_a_place_and_the_old_one_is_told()
    {
        var (events, effects) = Joined().Send(new LegTakenOver(Desk, Call(5), Bob, new("1002")));

        Assert.Equal([new LegReplaced(Matter, Desk, Call(5), Bob, new("1002"))], events);
        Assert.Equal(
            [
                new EndAssignment(Alice),
                new TakeAssignment(Bob, Support),
                new EndLeg(Desk, HangUpCause.AnsweredElsewhere),
                new AnswerLeg(Call(5)),
                new JoinBridge(Call(5)),
            ],
            effects);
    }

    [Fact]
    public void The_same_agent_on_another_phone_keeps_the_assignment()
    {
        var effects = Joined().EffectsOf(new LegTakenOver(Desk, Call(5), Alice, new("1009")));

        Assert.DoesNotContain(effects, effect => effect is EndAssignment or TakeAssignment);
    }

    [Fact]
    public void A_consultation_goes_on_with_the_leg_that_took_the_place()
    {
        var test = Consulted();
        test.Send(new LegTakenOver(BobsLeg, Call(5), Bob, new("1009")));

        Assert.Contains(new JoinBridge(Call(5)), test.EffectsOf(new CompletionAsked(Desk, Alices)));
    }

    [Fact]
    public void A_place_that_nobody_has_cannot_be_taken() =>
        Assert.Equal([new EndLeg(Call(5), HangUpCause.NotFound)], Joined().EffectsOf(new LegTakenOver(Call(9), Call(5), Bob, new("1002"))));

    [Fact]
    public void When_the_customers_leg_is_taken_over_the_host_is_told_which_it_is()
    {
        var test = Joined();

        Assert.Contains(new CustomerIs(Call(5)), test.EffectsOf(new LegTakenOver(Customer, Call(5), null, new("1005"))));
        Assert.IsType<InteractionEnded>(Assert.Single(test.EventsOf(new LegEnded(Call(5), HungUp))));
    }

    /// <summary>Lists compare by what they hold.</summary>
    private static ConversationEffect Comparable(ConversationEffect effect) =>
        effect is HandOver { Parties: [var one] } over && one == new HandedParty(Desk, Alice, new("1001"), Support) ? over with { Parties = Expected } : effect;

    private static readonly IReadOnlyList<HandedParty> Expected = [new(Desk, Alice, new("1001"))];
}

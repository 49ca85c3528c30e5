using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class InterruptTests
{
    [Fact]
    public void A_channel_that_names_none_lets_nothing_else_in_while_the_agent_is_busy_on_it()
    {
        var center = CenterOf((Channels.Voice, []));
        Take(center, Channels.Voice);
        Assert.Empty(Come(center, Channels.Chat));

        Assert.IsType<Offer>(Assert.Single(center.Send(new AssignmentEnded(Alice, center.StateOf(Alice).Assignments[0].Interaction))));
    }

    [Fact]
    public void A_channel_may_name_those_that_are_let_in()
    {
        var center = CenterOf((Channels.Chat, [Channels.Voice]), (Channels.Voice, []));
        Take(center, Channels.Chat);

        Assert.Equal(Channels.Voice, Assert.IsType<Offer>(Assert.Single(Come(center, Channels.Voice))).Channel);
    }

    [Fact]
    public void A_channel_that_is_not_named_at_all_lets_everything_in()
    {
        var center = CenterOf((Channels.Voice, []));
        Take(center, Channels.Chat);

        Assert.IsType<Offer>(Assert.Single(Come(center, Channels.Voice)));
    }

    [Fact]
    public void More_of_the_same_channel_is_a_matter_of_capacity_only()
    {
        var center = CenterOf((Channels.Chat, []));
        Take(center, Channels.Chat);

        Assert.IsType<Offer>(Assert.Single(Come(center, Channels.Chat)));
    }

    [Fact]
    public void What_was_begun_in_both_must_end_in_both()
    {
        var center = CenterOf((Channels.Chat, [Channels.Voice]), (Channels.Voice, []));
        Take(center, Channels.Chat);
        Take(center, Channels.Voice);
        Assert.Empty(Come(center, Channels.Chat));
        var call = center.StateOf(Alice).Assignments.Single(each => each.Channel == Channels.Voice).Interaction;

        Assert.Equal(Channels.Chat, Assert.IsType<Offer>(Assert.Single(center.Send(new AssignmentEnded(Alice, call)))).Channel);
    }

    [Fact]
    public void A_party_that_is_being_called_back_keeps_chats_out()
    {
        var center = CenterOf((Channels.Voice, []));
        center.LogIn(Alice, Desk1);
        center.Send(new Enqueue(center.NewInteraction(), Sales, Reach: PartyReach.ToBeCalled));
        center.Answer(Alice);

        Assert.Empty(Come(center, Channels.Chat));
    }

    [Fact]
    public void After_call_work_lets_nothing_in_on_any_channel()
    {
        var center = new TestCenter(ModelOf([QueueOf(Sales, Alice) with { WrapUp = Seconds(10) }], AgentOf(Alice, voice: 1, chat: 3)));
        Take(center, Channels.Voice);
        center.Send(new AssignmentEnded(Alice, center.StateOf(Alice).Assignments[0].Interaction));

        Assert.Empty(Come(center, Channels.Chat));
        Assert.IsType<Offer>(Assert.Single(center.Advance(Seconds(10))));
    }

    [Fact]
    public void A_smaller_capacity_takes_nothing_away_and_lets_nothing_more_in()
    {
        var center = CenterOf();
        Take(center, Channels.Chat);
        Take(center, Channels.Chat);
        center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice)], AgentOf(Alice, voice: 1, chat: 1))));

        Assert.Equal(2, center.StateOf(Alice).Assignments.Count);
        Assert.Empty(Come(center, Channels.Chat));
        center.Send(new AssignmentEnded(Alice, center.StateOf(Alice).Assignments[0].Interaction));
        Assert.Null(center.FindRinging(Alice));
        center.Send(new AssignmentEnded(Alice, center.StateOf(Alice).Assignments[0].Interaction));
        Assert.NotNull(center.FindRinging(Alice));
    }

    private static TestCenter CenterOf(params (string Busy, string[] LetIn)[] rules) => new(ModelOf(
        [QueueOf(Sales, Alice)],
        AgentOf(Alice, voice: 1, chat: 3) with { Interruptible = rules.ToDictionary(rule => rule.Busy, rule => (IReadOnlyList<string>)rule.LetIn) }));

    private static IReadOnlyList<RoutingEffect> Come(TestCenter center, string channel) =>
        center.Send(new Enqueue(center.NewInteraction(), Sales, channel, Reach: channel == Channels.Chat ? PartyReach.ByMessage : PartyReach.Present));

    private static void Take(TestCenter center, string channel)
    {
        if (center.Engine.TakeSnapshot().Agents.Single(agent => agent.Agent == Alice).Endpoint is null)
            center.LogIn(Alice, Desk1);
        Come(center, channel);
        center.Answer(Alice);
    }
}

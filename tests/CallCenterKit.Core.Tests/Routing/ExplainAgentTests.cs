using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class ExplainAgentTests
{
    private TestCenter _center = new(QueueOf(Sales, Alice, Bob) with { WrapUp = Seconds(10), Retry = RetryRules.After(Seconds(5)) }, QueueOf(Help, Alice));

    [Fact]
    public void Who_could_be_chosen_has_no_reason()
    {
        _center.LogIn(Alice, Desk1);
        var explained = _center.Engine.Explain(Alice, _center.Enqueue(Sales), _center.Now);

        Assert.NotEqual(NoOffer.LoggedOut, Assert.Single(explained.Reasons).Kind);
        _center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected));
        _center.Advance(Seconds(4.999));
        _center.SetClock(_center.Now + Seconds(1)); // Free again, and not yet woken.

        var free = _center.Engine.Explain(Alice, explained.Interaction, _center.Now);
        Assert.Empty(free.Reasons);
        Assert.Equal("alice could be chosen.", free.Text);
    }

    [Fact]
    public void Unknown_agent() => Expect(NoOffer.UnknownAgent, "ghost is no agent", _center.Enqueue(Sales), new AgentId("ghost"));

    [Fact]
    public void Not_waiting()
    {
        var nobody = _center.NewInteraction();

        Expect(NoOffer.NotWaiting, $"{nobody} does not wait", nobody);
    }

    [Fact]
    public void No_member()
    {
        _center.LogIn(Carol, Desk3);

        Expect(NoOffer.NoMember, "does not serve sales", _center.Enqueue(Sales), Carol);
    }

    [Fact]
    public void Logged_out() => Expect(NoOffer.LoggedOut, "is not logged in", _center.Enqueue(Sales));

    [Fact]
    public void Leaving()
    {
        _center = new(ModelOf([QueueOf(Sales, Alice)], AgentOf(Alice, voice: 2)));
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Answer(Alice);
        _center.Send(new LogOut(Alice, Boss, WhenFree: true));

        Expect(NoOffer.Leaving, "leaves when free", _center.Enqueue(Sales));
    }

    [Fact]
    public void Paused()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new Pause(Alice, "lunch", Boss));

        Expect(NoOffer.Paused, "is paused (lunch)", _center.Enqueue(Sales));
    }

    [Fact]
    public void Unreachable()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new ReachabilityChanged(Desk1, false));

        Expect(NoOffer.Unreachable, "phone 1001 cannot be reached", _center.Enqueue(Sales));
    }

    [Fact]
    public void Ringing()
    {
        _center.LogIn(Alice, Desk1);
        var first = _center.Enqueue(Sales);

        Expect(NoOffer.Ringing, $"is rung for {first}", _center.Enqueue(Sales));
    }

    [Fact]
    public void Wrapping_up()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Serve(Alice);
        _center.Advance(Seconds(2.5));

        Expect(NoOffer.WrappingUp, "does after-call work for 7.5 s more at most", _center.Enqueue(Sales));
    }

    [Fact]
    public void Resting_after_a_refusal()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);
        _center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected));
        _center.Advance(Seconds(1));

        Expect(NoOffer.Resting, "did not take an offer and is left alone for 4 s more", interaction);
    }

    [Fact]
    public void Resting_while_others_are_free()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(20));
        _center.LogIn(Bob, Desk2);
        _center.Settle(Alice);

        Expect(
            [NoOffer.Resting, NoOffer.OfferedElsewhere],
            "alice is not offered it: did not take an offer and is left alone for 5 s more, while others are free; rings at bob.",
            _center.RingingAt(Bob).Interaction);
    }

    [Fact]
    public void No_capacity()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Answer(Alice);

        Expect(NoOffer.NoCapacity, "carries 1 of 1 on voice, and this takes 1", _center.Enqueue(Sales));
    }

    [Fact]
    public void Not_interruptible()
    {
        var rules = new Dictionary<string, IReadOnlyList<string>> { [Channels.Chat] = [] };
        _center = new(ModelOf([QueueOf(Sales, Alice)], AgentOf(Alice, voice: 1, chat: 1) with { Interruptible = rules }));
        _center.LogIn(Alice, Desk1);
        _center.Send(new Enqueue(_center.NewInteraction(), Sales, Channels.Chat));
        _center.Answer(Alice);

        Expect(NoOffer.NotInterruptible, "chat must not be interrupted by voice", _center.Enqueue(Sales));
    }

    [Fact]
    public void Lacking_skills()
    {
        _center = new(ModelOf([QueueOf(Sales, Alice)], AgentOf(Alice) with { Skills = SkillSet.Parse(["billing:2"]) }));
        _center.LogIn(Alice, Desk1);
        var interaction = _center.NewInteraction();
        var wanted = SkillExpression.Parse("billing >= 3");
        _center.Send(new Enqueue(interaction, Sales) { Requirement = wanted });

        Expect(NoOffer.Skills, wanted.WhyNot(SkillSet.Parse(["billing:2"]))!, interaction);
    }

    [Fact]
    public void Tier_not_open()
    {
        _center = new(QueueOf(Sales) with { Members = [new(Bob), new(Alice, Tier: 2)], TierOpenings = [Seconds(10)] });
        _center.LogIn(Alice, Desk1);

        Expect(NoOffer.Tier, "tier 2 is not open yet, 1 is", _center.Enqueue(Sales));
    }

    [Fact]
    public void Another_is_waited_for()
    {
        _center = new(QueueOf(Sales, Alice, Bob) with { StickyWait = Seconds(30) });
        _center.LogIn(Bob, Desk2);
        _center.Enqueue(Sales);
        _center.Answer(Bob);
        _center.LogIn(Alice, Desk1);
        var interaction = _center.NewInteraction();
        _center.Send(new Enqueue(interaction, Sales) { Owner = Bob });

        Expect(NoOffer.Owner, "waits for bob", interaction);
    }

    [Fact]
    public void Carries_it_already()
    {
        _center = new(ModelOf([QueueOf(Sales, Alice)], AgentOf(Alice, voice: 2)));
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);
        _center.Answer(Alice);
        _center.Send(new Escalate(Alice, interaction, Sales, Boss));

        Expect(NoOffer.CarriesIt, "carries it already", interaction);
    }

    [Fact]
    public void Offered_elsewhere()
    {
        _center.LogIn(Bob, Desk2);
        var interaction = _center.Enqueue(Sales);
        _center.LogIn(Alice, Desk1);

        Expect(NoOffer.OfferedElsewhere, "rings at bob", interaction);
    }

    [Fact]
    public void Being_scored()
    {
        _center = new(QueueOf(Sales, Alice) with { Scorer = "crm" });
        _center.LogIn(Alice, Desk1);

        Expect(NoOffer.Scoring, "a scorer is asked", _center.Enqueue(Sales));
    }

    [Fact]
    public void Callback_not_due()
    {
        _center.LogIn(Alice, Desk1);
        var offer = Call(out var interaction);
        _center.Send(new PartyNotReached(offer.Id, CallbackFailure.NoAnswer));
        _center.Advance(Seconds(60));

        Expect(NoOffer.NotDue, "the callback is due in 240 s", interaction);
    }

    [Fact]
    public void Party_being_called()
    {
        _center.LogIn(Alice, Desk1);
        Call(out var interaction);
        _center.LogIn(Bob, Desk2);

        Expect(NoOffer.NotDue, "the party is being called", interaction, Bob);
    }

    [Fact]
    public void Several_reasons_are_told_in_one_sentence()
    {
        _center.LogIn(Carol, Desk3);
        _center.Send(new Pause(Carol, "lunch", Boss));

        Expect([NoOffer.Paused, NoOffer.NoMember], "carol is not offered it: is paused (lunch); does not serve sales.", _center.Enqueue(Sales), Carol);
    }

    [Fact]
    public void Asking_changes_nothing()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);
        var deadline = _center.Engine.NextDeadline;
        _center.Engine.Explain(Alice, interaction, _center.Now + Seconds(3600));

        Assert.Equal(deadline, _center.Engine.NextDeadline);
        _center.Enqueue(Sales);
        Assert.Equal(_center.Now + Seconds(20), Assert.IsType<Offer>(Assert.Single(_center.LogIn(Bob, Desk2))).ExpiresAt);
    }

    private Offer Call(out InteractionId interaction)
    {
        interaction = _center.NewInteraction();
        _center.Send(new Enqueue(interaction, Sales, Reach: PartyReach.ToBeCalled));
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));
        return offer;
    }

    private void Expect(NoOffer kind, string text, InteractionId interaction, AgentId? agent = null)
    {
        var explained = _center.Engine.Explain(agent ?? Alice, interaction, _center.Now);

        Assert.Contains(new NoOfferReason(kind, text), explained.Reasons);
        Assert.Equal($"{explained.Agent} is not offered it: {string.Join("; ", explained.Reasons.Select(reason => reason.Text))}.", explained.Text);
        Assert.Equal(interaction, explained.Interaction);
    }

    private void Expect(NoOffer[] kinds, string text, InteractionId interaction, AgentId? agent = null)
    {
        var explained = _center.Engine.Explain(agent ?? Alice, interaction, _center.Now);

        Assert.Equal(kinds, explained.Reasons.Select(reason => reason.Kind));
        Assert.Equal(text, explained.Text);
    }
}

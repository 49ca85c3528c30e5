using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class DispositionTests
{
    private static readonly QueueModel Asking = QueueOf(Sales, Alice) with { WrapUp = Seconds(10), Dispositions = ["sold", "not-sold"] };

    [Fact]
    public void Without_after_call_work_the_agent_is_free_at_once_whatever_its_length()
    {
        var center = Wrap(Asking with { WrapUpMode = WrapUpMode.None, WrapUp = Seconds(60) }, out _);

        Assert.Equal(AgentState.Available, center.Board(Alice));
        Assert.Null(center.Last<AssignmentOver>().WrapUpUntil);
    }

    [Fact]
    public void Optional_work_ends_when_the_agent_says_so_with_or_without_a_disposition()
    {
        var center = Wrap(Asking, out var interaction);
        Finish(center, interaction, null);

        Assert.Equal(new(Alice, interaction, null, TimedOut: false), center.Last<WrapUpEnded>());
        Assert.Equal(AgentState.Available, center.Board(Alice));
    }

    [Fact]
    public void Optional_work_ends_at_its_deadline()
    {
        var center = Wrap(Asking, out var interaction);
        center.Advance(Seconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal(AgentState.WrappingUp, center.Board(Alice));

        center.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(new(Alice, interaction, null, TimedOut: true), center.Last<WrapUpEnded>());
    }

    [Fact]
    public void A_disposition_that_is_not_allowed_is_ignored()
    {
        var center = Wrap(Asking, out var interaction);

        Finish(center, interaction, "nonsense");
        Assert.Equal(AgentState.WrappingUp, center.Board(Alice));
        Finish(center, interaction, "sold");

        Assert.Equal("sold", center.Last<WrapUpEnded>().Disposition);
    }

    [Fact]
    public void Without_a_list_any_disposition_is_allowed()
    {
        var center = Wrap(Asking with { Dispositions = [] }, out var interaction);

        Finish(center, interaction, "whatever");

        Assert.Equal("whatever", center.Last<WrapUpEnded>().Disposition);
    }

    [Fact]
    public void Mandatory_work_ends_with_a_disposition_and_not_without()
    {
        var center = Wrap(Asking with { WrapUpMode = WrapUpMode.Mandatory }, out var interaction);

        Finish(center, interaction, null);
        Assert.Equal(AgentState.WrappingUp, center.Board(Alice));
        Finish(center, interaction, "sold");

        Assert.Equal(AgentState.Available, center.Board(Alice));
    }

    [Theory]
    [InlineData(WrapUpMode.Mandatory, false)]
    [InlineData(WrapUpMode.Optional, true)]
    [InlineData(WrapUpMode.Timed, true)]
    public void A_required_disposition_that_is_missing_at_the_deadline_makes_the_agent_not_ready(WrapUpMode mode, bool required)
    {
        var center = Wrap(Asking with { WrapUpMode = mode, DispositionRequired = required }, out var interaction);
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(10)));

        Assert.Equal((AgentState.Paused, PauseReasons.DispositionMissing), (center.Board(Alice), center.StateOf(Alice).PauseReason));
        Assert.Equal(new(Alice, interaction, Sales), center.Last<DispositionMissing>());
        Assert.Equal(center.Now, center.WhenLast<DispositionMissing>());
        Assert.Empty(center.Advance(Seconds(600)));
    }

    [Fact]
    public void Given_later_it_makes_the_agent_ready_at_once()
    {
        var center = Miss(out var interaction);
        center.Enqueue(Sales);

        Assert.IsType<Offer>(Assert.Single(Finish(center, interaction, "not-sold")));

        Assert.Equal(new(Alice, interaction, "not-sold", Boss), center.Last<DispositionGiven>());
    }

    [Fact]
    public void One_that_is_not_allowed_does_not_make_the_agent_ready()
    {
        var center = Miss(out var interaction);

        Finish(center, interaction, "nonsense");

        Assert.Equal(AgentState.Paused, center.Board(Alice));
    }

    [Fact]
    public void None_at_all_does_not_make_the_agent_ready()
    {
        var center = Miss(out var interaction);

        Finish(center, interaction, null);
        center.Send(new Resume(Alice, Boss));

        Assert.Equal(AgentState.Paused, center.Board(Alice));
    }

    [Fact]
    public void It_is_still_missing_after_a_new_login_and_a_restart()
    {
        var center = Miss(out var interaction);
        center.Send(new LogOut(Alice, Boss));
        center.LogIn(Alice, Desk1);
        Assert.Equal(PauseReasons.DispositionMissing, center.StateOf(Alice).PauseReason);

        var next = center.Restart();
        Assert.Equal(AgentState.Paused, next.Board(Alice));
        Finish(next, interaction, "sold");
        Assert.Equal(AgentState.Available, next.Board(Alice));
    }

    [Fact]
    public void Given_by_one_who_has_gone_home_it_is_missing_no_more()
    {
        var center = Miss(out var interaction);
        center.Send(new LogOut(Alice, Boss));
        Finish(center, interaction, "sold");

        center.LogIn(Alice, Desk1);

        Assert.Equal(AgentState.Available, center.Board(Alice));
    }

    [Fact]
    public void Timed_work_goes_on_to_its_deadline_whatever_is_given()
    {
        var center = Wrap(Asking with { WrapUpMode = WrapUpMode.Timed, DispositionRequired = true }, out var interaction);
        Finish(center, interaction, "not-sold");
        Finish(center, interaction, "sold");
        Finish(center, interaction, null);
        center.Advance(Seconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal(AgentState.WrappingUp, center.Board(Alice));

        center.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(new(Alice, interaction, "sold", TimedOut: true), center.Last<WrapUpEnded>());
        Assert.Equal(AgentState.Available, center.Board(Alice));
    }

    [Fact]
    public void A_pause_that_the_agent_asked_for_in_between_holds_once_the_disposition_is_given()
    {
        var center = Wrap(Asking with { WrapUpMode = WrapUpMode.Mandatory }, out var interaction);
        center.Send(new Pause(Alice, "lunch", Boss));
        center.Advance(Seconds(10));

        Finish(center, interaction, "sold");

        Assert.Equal((AgentState.Paused, "lunch"), (center.Board(Alice), center.StateOf(Alice).PauseReason));
    }

    [Fact]
    public void Of_two_that_are_missing_both_must_be_given()
    {
        var model = ModelOf([QueueOf(Sales, Alice) with { WrapUpMode = WrapUpMode.Mandatory, WrapUp = Seconds(10) }], AgentOf(Alice, voice: 2));
        var center = new TestCenter(model);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Enqueue(Sales);
        var (one, other) = (center.Answer(Alice), center.Answer(Alice));
        center.Send(new AssignmentEnded(Alice, one), new AssignmentEnded(Alice, other));
        center.Advance(Seconds(10));

        Finish(center, one, "sold");
        Assert.Equal(AgentState.Paused, center.Board(Alice));
        Finish(center, other, "sold");
        Assert.Equal(AgentState.Available, center.Board(Alice));
    }

    private static IReadOnlyList<RoutingEffect> Finish(TestCenter center, InteractionId interaction, string? disposition) =>
        center.Send(new FinishWrapUp(Alice, interaction, disposition, Boss));

    private static TestCenter Miss(out InteractionId interaction)
    {
        var center = Wrap(Asking with { WrapUpMode = WrapUpMode.Mandatory }, out interaction);
        center.Advance(Seconds(10));
        return center;
    }

    private static TestCenter Wrap(QueueModel queue, out InteractionId interaction)
    {
        var center = new TestCenter(queue);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        interaction = center.Serve(Alice, Seconds(5));
        return center;
    }
}

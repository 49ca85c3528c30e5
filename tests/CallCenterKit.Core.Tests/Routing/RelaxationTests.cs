using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class RelaxationTests
{
    private static readonly SkillExpression Wanted = SkillExpression.Parse("billing >= 5 and lt");

    private readonly TestCenter _center = CenterOf(new(Seconds(10), Lower: 2), new(Seconds(20), Drop: "lt"), new(Seconds(30), Instead: SkillExpression.Any));

    [Fact]
    public void Only_whoever_fulfils_it_is_rung()
    {
        _center.LogInAll();

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Send(new Enqueue(_center.NewInteraction(), Sales)))).Agent);
        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales)));
    }

    [Fact]
    public void A_step_lowers_every_level_at_its_instant()
    {
        _center.LogIn(Bob, Desk2);
        _center.Enqueue(Sales);

        Assert.Empty(_center.Advance(Seconds(10) - TimeSpan.FromTicks(1)));
        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(_center.Advance(TimeSpan.FromTicks(1)))).Agent);

        var opened = _center.Last<EntryOpened>();
        Assert.Equal((OpeningKind.Requirement, 1, SkillExpression.Parse("billing >= 3 and lt")), (opened.Kind, opened.Step, opened.Requirement));
    }

    [Fact]
    public void Each_step_is_told_with_what_is_required_from_then_on()
    {
        _center.Enqueue(Sales);
        _center.Advance(Seconds(60));

        var openings = _center.Journal.Where(entry => entry.Event is EntryOpened).Select(entry => (entry.At - Noon, ((EntryOpened)entry.Event).Step, ((EntryOpened)entry.Event).Requirement.ToString()));
        Assert.Equal([(Seconds(10), 1, "billing >= 3 and lt"), (Seconds(20), 2, "billing >= 3"), (Seconds(30), 3, "any")], openings);
    }

    [Fact]
    public void What_the_caller_requires_is_given_up_as_well()
    {
        var center = WithSkills(QueueOf(Sales, Alice, Bob, Carol) with { Relaxation = [new(Seconds(10), Lower: 4)] });
        center.LogIn(Bob, Desk2);
        center.Send(new Enqueue(center.NewInteraction(), Sales) { Requirement = SkillExpression.Parse("billing >= 7") });

        Assert.Empty(center.Advance(Seconds(10) - TimeSpan.FromTicks(1)));
        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(center.Advance(TimeSpan.FromTicks(1)))).Agent);
    }

    [Fact]
    public void The_place_is_kept_before_those_who_require_less()
    {
        var strict = _center.Enqueue(Sales);
        _center.Advance(Seconds(9));
        _center.Enqueue(Sales);
        _center.Advance(Seconds(21));

        _center.LogIn(Carol, Desk3);

        Assert.Equal(strict, _center.RingingAt(Carol).Interaction);
    }

    [Fact]
    public void One_who_requires_too_much_is_passed_over_and_comes_first_as_soon_as_that_changes()
    {
        _center.Send(new Pause(Alice, "lunch", Boss));
        _center.LogIn(Carol, Desk3);
        var strict = _center.Enqueue(Sales);
        _center.Advance(Seconds(25));
        var lenient = _center.NewInteraction();
        Assert.Empty(_center.Send(new Enqueue(lenient, Sales)));

        Assert.Equal(strict, Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(5)))).Interaction);
    }

    [Fact]
    public void Steps_that_fell_due_while_nobody_was_there_are_all_taken()
    {
        _center.LogIn(Carol, Desk3);
        _center.Enqueue(Sales);
        _center.SetClock(Noon + Seconds(60));

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(_center.Send(new AdvanceClock()))).Agent);
        Assert.Equal([1, 2, 3], _center.Events.OfType<EntryOpened>().Select(opened => opened.Step));
    }

    [Fact]
    public void In_another_queue_it_begins_anew()
    {
        var relaxed = QueueOf(Help, Alice, Bob) with { Requirement = Wanted, Relaxation = [new(Seconds(10), Lower: 2)] };
        var center = WithSkills(QueueOf(Sales, Carol), relaxed);
        center.LogIn(Bob, Desk2);
        var interaction = center.Enqueue(Sales);
        center.Advance(Seconds(60));
        center.Send(new Enqueue(interaction, Help));

        Assert.Empty(center.Advance(Seconds(10) - TimeSpan.FromTicks(1)));
        Assert.IsType<Offer>(Assert.Single(center.Advance(TimeSpan.FromTicks(1))));
    }

    [Fact]
    public void A_tier_and_a_requirement_that_open_at_one_instant_both_open()
    {
        var center = WithSkills(QueueOf(Sales) with
        {
            Members = [new(Alice), new(Carol, Tier: 2)],
            Requirement = Wanted,
            TierOpenings = [Seconds(10)],
            Relaxation = [new(Seconds(10), Instead: SkillExpression.Any)],
        });
        center.LogIn(Carol, Desk3);
        center.Enqueue(Sales);

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(center.Advance(Seconds(10)))).Agent);
        Assert.Equal([OpeningKind.Tier, OpeningKind.Requirement], center.Events.OfType<EntryOpened>().Select(opened => opened.Kind).Order());
    }

    /// <summary>Alice fulfils all, Bob only after the first step, Carol only after the last.</summary>
    private static TestCenter CenterOf(params RelaxationStep[] steps) =>
        WithSkills(QueueOf(Sales, Alice, Bob, Carol) with { Requirement = Wanted, Relaxation = steps });

    private static TestCenter WithSkills(params QueueModel[] queues) => new(ModelOf(
        queues,
        AgentOf(Alice) with { Skills = SkillSet.Parse(["billing:5", "lt"]) },
        AgentOf(Bob) with { Skills = SkillSet.Parse(["billing:3", "lt"]) }));
}

using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class AnnouncementTests
{
    private static readonly QueueModel Told = QueueOf(Sales, Alice, Bob) with { Announcements = AnnouncementRules.Default, RingTime = Seconds(1000) };

    private readonly TestCenter _center = new(Told);

    [Fact]
    public void The_first_comes_after_its_time_and_the_others_each_after_the_interval()
    {
        var interaction = _center.Enqueue(Sales);

        _center.Advance(Seconds(300));

        var told = _center.Journal.Where(entry => entry.Event is PlaceAnnounced).Select(entry => (entry.At - Noon).TotalSeconds);
        Assert.Equal([15.0, 75, 135, 195, 255], told);
        Assert.All(_center.Effects.OfType<Announce>(), each => Assert.Equal((interaction, Sales, 1), (each.Interaction, each.Queue, each.Place)));
    }

    [Fact]
    public void Those_who_are_rung_for_count_in_the_place_and_are_told_too()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Enqueue(Sales);

        Assert.Equal([1, 2], _center.Advance(Seconds(15)).Cast<Announce>().Select(each => each.Place!.Value));
    }

    [Fact]
    public void A_place_gets_better_as_those_before_are_served()
    {
        var center = new TestCenter(Told);
        center.Enqueue(Sales);
        center.Enqueue(Sales);
        var third = center.Enqueue(Sales);
        center.Advance(Seconds(15));
        center.LogIn(Alice, Desk1);
        center.Answer(Alice);

        center.Advance(Seconds(60));

        Assert.Equal([3, 2], PlacesOf(center, third));
    }

    [Fact]
    public void A_place_never_gets_worse_when_a_vip_overtakes()
    {
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(15));
        foreach (var _ in Enumerable.Range(0, 3))
            _center.Send(new Enqueue(_center.NewInteraction(), Sales) { Vip = true });

        _center.Advance(Seconds(60));

        Assert.Equal([1, 1], PlacesOf(_center, first));
        Assert.Equal(4, _center.Engine.Explain(first, _center.Now)!.Place); // The truth is told to those who ask for it.
    }

    [Fact]
    public void A_place_never_gets_worse_over_a_change_of_the_model()
    {
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(15));
        _center.Send(new Enqueue(_center.NewInteraction(), Sales) { Vip = true });
        _center.Send(new ApplyModel(ModelOf([Told with { VipCredit = Seconds(1000) }])));

        _center.Advance(Seconds(60));

        Assert.Equal([1, 1], PlacesOf(_center, first));
    }

    [Fact]
    public void In_another_queue_the_place_is_told_anew()
    {
        var center = new TestCenter(Told, QueueOf(Help, Bob) with { Announcements = AnnouncementRules.Default });
        center.Enqueue(Help);
        var interaction = center.Enqueue(Sales);
        center.Advance(Seconds(15));
        center.Send(new Enqueue(interaction, Help));

        center.Advance(Seconds(15));

        Assert.Equal([1, 2], PlacesOf(center, interaction));
    }

    [Fact]
    public void A_wait_is_told_once_enough_is_known_and_never_longer_than_before()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        foreach (var _ in Enumerable.Range(0, 6))
        {
            _center.Enqueue(Sales);
            _center.Serve(_center.Effects.OfType<Offer>().Last().Agent, Seconds(60));
        }
        _center.Enqueue(Sales);
        _center.Enqueue(Sales);
        _center.Answer(Alice);
        _center.Answer(Bob);
        var waiting = _center.Enqueue(Sales);
        _center.Advance(Seconds(15));
        _center.Send(new Pause(Bob, "lunch", Boss)); // Half of the agents: twice the wait.
        _center.Advance(Seconds(60));

        var told = _center.Effects.OfType<Announce>().Where(each => each.Interaction == waiting).Select(each => Math.Round(each.Wait!.Value.TotalSeconds, 3)).ToList();
        Assert.Equal([30.0, 30.0], told);
    }

    [Fact]
    public void A_wait_that_gets_shorter_is_told()
    {
        _center.LogIn(Alice, Desk1);
        foreach (var _ in Enumerable.Range(0, 6))
        {
            _center.Enqueue(Sales);
            _center.Serve(Alice, Seconds(60));
        }
        _center.Enqueue(Sales);
        _center.Answer(Alice);
        _center.Enqueue(Sales);
        var waiting = _center.Enqueue(Sales);
        _center.Advance(Seconds(15));
        _center.LogIn(Bob, Desk2);
        _center.Answer(Bob);
        _center.Advance(Seconds(60));

        var told = _center.Effects.OfType<Announce>().Where(each => each.Interaction == waiting).Select(each => Math.Round(each.Wait!.Value.TotalSeconds)).ToList();
        Assert.Equal([120.0, 30.0], told);
    }

    [Fact]
    public void While_it_rings_for_a_caller_the_wait_counts_all_who_could_take_it_by_now()
    {
        var billing = SkillExpression.Parse("billing");
        var center = new TestCenter(ModelOf(
            [Told with { Requirement = billing, Relaxation = [new(Seconds(5), Drop: "billing")] }],
            AgentOf(Alice) with { Skills = SkillSet.Parse(["billing"]) },
            AgentOf(Bob)));
        center.LogIn(Alice, Desk1);
        foreach (var _ in Enumerable.Range(0, 6))
        {
            center.Enqueue(Sales);
            center.Serve(Alice, Seconds(60));
        }
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);

        var told = center.Advance(Seconds(15)).OfType<Announce>().Single();

        Assert.Equal(30, told.Wait!.Value.TotalSeconds, 0.001);
    }

    [Fact]
    public void Before_enough_is_known_no_wait_is_told()
    {
        _center.Enqueue(Sales);

        Assert.Null(Assert.IsType<Announce>(Assert.Single(_center.Advance(Seconds(15)))).Wait);
    }

    [Fact]
    public void What_is_not_to_be_told_is_left_out()
    {
        var center = new TestCenter(Told with { Announcements = AnnouncementRules.Default with { Place = false } });
        center.Enqueue(Sales);

        Assert.Null(Assert.IsType<Announce>(Assert.Single(center.Advance(Seconds(15)))).Place);
    }

    [Fact]
    public void Nothing_is_told_to_a_callback_or_a_chat()
    {
        _center.Send(new RequestCallback(_center.Enqueue(Sales)));
        _center.Send(new Enqueue(_center.NewInteraction(), Sales, Channels.Chat, Reach: PartyReach.ByMessage));

        Assert.Empty(_center.Advance(Seconds(300)));
    }

    [Fact]
    public void Nothing_is_told_once_an_agent_has_answered()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(14.999));
        _center.Answer(Alice);

        Assert.Empty(_center.Advance(Seconds(300)));
    }

    [Fact]
    public void Nothing_is_told_in_the_instant_in_which_the_caller_is_sent_away()
    {
        var center = new TestCenter(Told with { MaxWait = Seconds(15) });
        center.Enqueue(Sales);

        Assert.IsType<QueueOutcome.TimedOut>(OutcomeOf(Assert.Single(center.Advance(Seconds(15)))));
    }

    [Fact]
    public void After_a_long_sleep_one_announcement_makes_up_for_all()
    {
        _center.Enqueue(Sales);
        _center.SetClock(Noon + Seconds(1000));

        Assert.IsType<Announce>(Assert.Single(_center.Send(new AdvanceClock())));
        Assert.Empty(_center.Advance(Seconds(59.999)));
        Assert.IsType<Announce>(Assert.Single(_center.Advance(Seconds(0.001))));
    }

    private static IEnumerable<int> PlacesOf(TestCenter center, InteractionId interaction) =>
        center.Effects.OfType<Announce>().Where(each => each.Interaction == interaction).Select(each => each.Place!.Value);
}

using CallCenterKit.Metrics;
using CallCenterKit.Routing;
using CallCenterKit.Testing;

namespace CallCenterKit.Tests.Hosting;

/// <summary>Whether phones are there, and how often they were not.</summary>
public sealed class PhoneReachabilityTests
{
    private static readonly ActorId Boss = new("boss");

    [Fact]
    public async Task A_desk_whose_phone_was_never_heard_of_makes_an_agent_unreachable()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync();
        Assert.Equal(AgentState.Available, center.StateOf("alice"));

        center.Center.LogIn(new AgentId("alice"), new("201"), Boss);
        await center.AdvanceAsync(0.1);

        Assert.Equal(AgentState.Unreachable, center.StateOf("alice"));
    }

    [Fact]
    public async Task An_agent_who_worked_at_a_second_desk_is_unreachable_after_a_restart_without_its_phone()
    {
        await using var world = new World();
        await using var center = await TestCenter.StartAsync(world: world);
        var phone = world.Extension("201");
        await center.RunAsync(() => phone.RegisterAsync());
        center.Center.LogIn(new AgentId("alice"), new("201"), Boss);
        await center.AdvanceAsync(0.1);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));

        var left = await center.KillAsync();
        var forgotten = new Memory { Contacts = left.Contacts };
        forgotten.Journal.Append(left.Journal.Entries);
        await forgotten.Journal.BeginEpochAsync(default);
        await using var next = await TestCenter.StartAsync(world: world, memory: forgotten);
        await next.AdvanceAsync(0.1);

        Assert.Equal(AgentState.Unreachable, next.StateOf("alice"));
    }

    [Fact]
    public async Task A_phone_that_is_lost_and_comes_back_is_counted_with_the_time_it_was_away()
    {
        await using var center = await TestCenter.StartAsync();
        var phone = center.World.Extension("101");
        await center.AdvanceAsync(10);
        await center.RunAsync(() => phone.RegisterAsync());
        await center.AdvanceAsync(10);
        await center.RunAsync(() => phone.UnregisterAsync());
        await center.AdvanceAsync(30);
        Assert.Equal((1, false), (Of(center, "101").Losses, Of(center, "101").IsReachable));

        await center.RunAsync(() => phone.RegisterAsync());
        await center.AdvanceAsync(10);

        Assert.Equal((1, true), (Of(center, "101").Losses, Of(center, "101").IsReachable));
        Assert.InRange(Of(center, "101").UnreachableTime.TotalSeconds, 40, 41);
        Assert.Equal((0, false), (Of(center, "102").Losses, Of(center, "102").IsReachable));
        Assert.Equal(["101", "102", "201"], center.Center.Phones.Select(each => each.Phone.Value));
    }

    [Fact]
    public async Task Calls_count_for_the_phones_that_take_part()
    {
        await using var center = await TestCenter.StartAsync();
        await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(2) });
        center.World.Extension("101").Dial("201");
        await center.AdvanceAsync(20);
        await center.SettleOneAsync();

        Assert.Equal((1, 0), (Of(center, "101").Calls, Of(center, "101").PoorCalls));
        Assert.Equal((1, 0), (Of(center, "201").Calls, Of(center, "201").PoorCalls));
    }

    private static PhoneView Of(TestCenter center, string number) => center.Center.Phones.Single(phone => phone.Phone.Value == number);
}

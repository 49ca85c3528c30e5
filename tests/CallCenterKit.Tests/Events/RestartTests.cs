using CallCenterKit.Conversations;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Events;

/// <summary>One life of a center after another, over the same journal.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(3)] // the first caller talks, the second waits
    [InlineData(1)] // the phone rings for the first
    public async Task What_was_open_when_the_process_died_ends_interrupted(double seconds)
    {
        await using var world = new World();
        var first = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true), world);
        await first.AliceAsync();
        first.Dial("500");
        first.Dial("500");
        await world.AdvanceAsync(seconds);
        var died = world.Time.GetUtcNow();
        await using var _ = first;
        var memory = await first.KillAsync();

        await using var second = await TestCenter.StartAsync(cc => cc.Configure(options => options.Recording.Folder = first.RecordingFolder), world, memory);
        foreach (var phone in world.Phones)
            await world.Time.RunAsync(phone.HangUpAllAsync, TimeSpan.FromMinutes(2));
        var records = await second.SettleAsync();

        Assert.Equal(first.Events<InteractionStarted>().Count, records.Count);
        Assert.All(records, record => Assert.Equal(CallRecordEnding.Interrupted, record.Ending));
        Assert.All(records, record => Assert.True(record.EndedAt <= died));
        Assert.All(records.SelectMany(record => record.Recordings), recording => Assert.Equal("interrupted", recording.Fault));
        Assert.All(records.SelectMany(record => record.Legs), leg => Assert.NotNull(leg.LeftAt));
        Assert.Equal(seconds > 2 ? 1 : 0, records.Sum(record => record.Legs.Count));
        Assert.Equal(AgentState.Available, second.StateOf("alice"));
        Assert.Equal(AgentState.Unreachable, second.StateOf("bob"));
    }

    [Fact]
    public async Task Phones_are_known_and_calls_go_through_after_the_crash()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(world: world);
        await first.AliceAsync(new() { Talk = TimeSpan.FromSeconds(4) });
        var memory = await first.KillAsync();

        await using var second = await TestCenter.StartAsync(world: world, memory: memory);
        await second.CallAsync(new() { Target = "500" });
        var record = await second.SettleOneAsync();

        Assert.Equal(new AgentId("alice"), record.Agent);
    }

    [Fact]
    public async Task A_phone_somebody_has_logged_in_from_is_asked_for_after_the_crash()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(world: world);
        await world.AgentAsync("201", new());
        first.Center.LogIn(new("alice"), new("201"), CallCenterKit.Hosting.Actors.System);
        await world.AdvanceAsync(1);
        Assert.Equal(AgentState.Available, first.StateOf("alice"));
        var memory = await first.KillAsync();
        foreach (var binding in await memory.Registrations.LoadAsync("sip", default))
            memory.Registrations.Remove(binding.Driver, binding.Endpoint, binding.Contact);

        await using var second = await TestCenter.StartAsync(world: world, memory: memory);
        await world.AdvanceAsync(0);

        Assert.Equal(AgentState.Unreachable, second.StateOf("alice"));
        Assert.Equal(new EndpointId("201"), second.Center.Board.Agents.Single(agent => agent.Id.Value == "alice").Endpoint);
    }

    [Fact]
    public async Task After_call_work_and_a_break_outlive_the_process()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.WrapUp = TimeSpan.FromMinutes(2)), world);
        await first.AliceAsync(new() { Talk = TimeSpan.FromSeconds(4) });
        await first.BobAsync();
        first.Center.Pause(new("bob"), "lunch", new("bob"));
        await first.CallAsync(new() { Target = "500" });
        await world.AdvanceAsync(30);
        var over = first.TimeOf<AssignmentOver>();
        var memory = await first.KillAsync();

        await using var second = await TestCenter.StartAsync(world: world, memory: memory);
        await world.AdvanceAsync(0);
        Assert.Equal((AgentState.WrappingUp, AgentState.Paused), (second.StateOf("alice"), second.StateOf("bob")));
        await world.AdvanceAsync(120);
        var record = await second.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, TimeSpan.FromMinutes(2)), (record.Ending, record.WrapUp));
        Assert.Equal(over.AddMinutes(2), second.TimeOf<WrapUpEnded>());
        Assert.Equal((AgentState.Available, AgentState.Paused), (second.StateOf("alice"), second.StateOf("bob")));
    }

    [Fact]
    public async Task After_an_orderly_stop_nothing_was_interrupted()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(world: world);
        await first.AliceAsync(new() { Talk = TimeSpan.FromSeconds(4) });
        await first.CallAsync(new() { Target = "500" });
        await first.SettleOneAsync();
        await first.StopAsync();

        await using var second = await TestCenter.StartAsync(world: world, memory: first.Memory);
        var record = await second.SettleOneAsync();

        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Assert.Empty(second.Events<InteractionInterrupted>());
        Assert.Equal(AgentState.Available, second.StateOf("alice"));
    }

    [Fact]
    public async Task An_agent_without_a_phone_is_unreachable_until_it_registers()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AdvanceAsync(0);
        Assert.Equal(AgentState.Unreachable, center.StateOf("alice"));

        await center.AliceAsync();
        await center.AdvanceAsync(0);

        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }
}

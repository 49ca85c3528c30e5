using CallCenterKit.Routing;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Hosting;

/// <summary>Agents, queues and numbers change while calls wait and talk.</summary>
public sealed class LiveChangeTests
{
    [Fact]
    public async Task A_queue_that_is_added_takes_calls_and_those_in_progress_keep_their_place()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Members.Remove("bob")));
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        var waiting = center.Dial("500");
        await center.AdvanceAsync(5);
        var before = Assert.Single(center.Center.Board.Waiting);

        center.Center.Change(options =>
        {
            options.Queues["sales"] = new() { Members = { "bob" } };
            options.DialPlan["502"] = "queue:sales";
        });
        await center.CallAsync(new() { Target = "502" });
        Assert.Equal(before, Assert.Single(center.Center.Board.Waiting));
        Assert.Null(waiting.EndedAt);
        center.Center.Change(options => options.Queues["support"].Members.Add("bob"));
        var records = await center.SettleAsync();

        Assert.Equal([new QueueId("support"), new QueueId("sales")], records.Select(record => record.Queue));
        Assert.All(records, record => Assert.Equal(new AgentId("bob"), record.Agent));
        Assert.Equal([1, 2, 3], center.Events<ModelApplied>().Select(applied => applied.Model.Version));
    }

    [Fact]
    public async Task A_change_with_mistakes_names_them_all_and_changes_nothing()
    {
        await using var center = await TestCenter.StartAsync();

        var wrong = Assert.Throws<OptionsValidationException>(() => center.Center.Change(options =>
        {
            options.Queues["sales"] = new() { Strategy = "loudest", Members = { "zoe" } };
            options.DialPlan["502"] = "queue:sales";
        }));
        await center.AdvanceAsync(0);

        Assert.Equal(2, wrong.Failures.Count());
        Assert.Single(center.Events<ModelApplied>());
        Assert.Single(center.Center.Board.Queues);
        Assert.Equal(404, (await center.CallAsync(new() { Target = "502" })).Status);
        center.Center.Change(options => options.Queues["support"].WrapUp = TimeSpan.Zero); // the mistake is forgotten
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task An_edited_configuration_is_taken_over_on_top_of_what_code_has_changed()
    {
        await using var center = await TestCenter.StartAsync();
        center.Center.Change(options => options.BreakKinds.Add("lunch"));
        await center.AdvanceAsync(0);

        center.Reconfigure("DialPlan:503", "queue:support");
        await center.AdvanceAsync(0);
        var model = center.Events<ModelApplied>()[^1].Model;

        Assert.Equal((3, "lunch"), (model.Version, Assert.Single(model.BreakKinds)));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        await center.CallAsync(new() { Target = "503" });
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task An_edited_configuration_with_mistakes_is_refused_with_a_line_for_each()
    {
        await using var center = await TestCenter.StartAsync();
        center.Log.Expect(7312);

        center.Reconfigure("DialPlan:503", "queue:nowhere");
        await center.AdvanceAsync(0);

        Assert.Equal(1, center.Log.CountOf(7312));
        Assert.Single(center.Events<ModelApplied>());
    }
}

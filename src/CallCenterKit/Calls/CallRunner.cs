using CallCenterKit.Conversations;
using CallCenterKit.DialPlans;
using CallCenterKit.Flows;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;

namespace CallCenterKit.Calls;

/// <summary>Brings a call to where the dial plan says, and says when that is over.</summary>
internal sealed class CallRunner(CenterServices center, Func<FlowEnvironment> environment, Interactions interactions)
{
    public void Start(ConversationHost host, DialPlanTarget target)
    {
        center.Work.Enter();
        _ = RunAsync(host, target);
    }

    private async Task RunAsync(ConversationHost host, DialPlanTarget target)
    {
        var name = NameOf(target);
        string? fault = null;
        host.Post(new FlowStarted(name) { Recording = center.RecordingOf(target) });
        try
        {
            fault = await RunTargetAsync(host, target).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller has left, or the center stops.
        }
        catch (Exception thrown)
        {
            CallsLog.FlowFailed(center.Logger, thrown, name, host.Interaction);
            fault = thrown.Message;
        }
        host.Post(new FlowEnded(name, fault));
        center.Work.Leave();
    }

    private async ValueTask<string?> RunTargetAsync(ConversationHost host, DialPlanTarget target)
    {
        if (target is ToExtension or ToAgent or ToOutside)
        {
            await new DirectCall(host, center, interactions).RunAsync(target, host.Customer.To.Number).ConfigureAwait(false);
            return null;
        }
        var end = await host.Session.RunAsync(FlowOf(host, target), environment()).ConfigureAwait(false);
        return end == FlowEnd.Failed ? "failed" : null;
    }

    private IFlow FlowOf(ConversationHost host, DialPlanTarget target) => target switch
    {
        ToFlow flow => center.Flows.Find(flow.Flow) ?? throw new InvalidOperationException($"Flow '{flow.Flow}' does not exist."),
        ToQueue queue => QueueFlow.Of(queue),
        ToFeature feature => new FeatureFlow(feature.Feature, host, center),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Not a target of a flow."),
    };

    /// <summary>The target as records name it; no personal value.</summary>
    public static string NameOf(DialPlanTarget target) => target switch
    {
        ToFlow flow => flow.Flow,
        ToQueue queue => $"queue:{queue.Queue}",
        ToFeature feature => $"feature:{feature.Feature}",
        ToExtension extension => $"extension:{extension.Endpoint}",
        ToAgent agent => $"agent:{agent.Agent}",
        ToOutside outside => outside.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Not a target of the dial plan."),
    };
}

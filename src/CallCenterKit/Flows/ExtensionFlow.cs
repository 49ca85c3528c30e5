using CallCenterKit.Calls;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;

namespace CallCenterKit.Flows;

/// <summary>What a flow goes on to when it sends its caller to one of our phones, to an agent, or to a number outside.</summary>
internal sealed class ExtensionFlow(ConversationHost host, CenterServices center, Interactions interactions, DialPlanTarget target, string number) : IFlow
{
    public string Name => CallRunner.NameOf(target);

    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken) =>
        await new DirectCall(host, center, interactions).RunAsync(target, number).ConfigureAwait(false);
}

using CallCenterKit.Calls;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;

namespace CallCenterKit.Flows;

/// <summary>What a flow goes on to when it sends its caller to one of our phones.</summary>
internal sealed class ExtensionFlow(ConversationHost host, CenterServices center, Interactions interactions, ToExtension extension) : IFlow
{
    public string Name => $"extension:{extension.Endpoint}";

    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken) =>
        await new DirectCall(host, center, interactions).RunAsync(extension).ConfigureAwait(false);
}

using CallCenterKit.Conversations;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;

namespace CallCenterKit.Calls;

/// <summary>Says whom a number brings into a conversation, for whoever asks.</summary>
internal static class TransferTargets
{
    /// <summary>Where the dial plan leads.</summary>
    /// <param name="center">Where.</param>
    /// <param name="number">What was dialled or typed.</param>
    /// <param name="phone">From which phone; what it may not dial it may not transfer to.</param>
    public static TransferTarget Of(CenterServices center, string number, EndpointId phone) => center.DialPlan.Find(number) switch
    {
        ToExtension extension when extension.Endpoint != phone => new TransferTarget.ToPhone(extension.Endpoint, extension.Record),
        ToExtension => new TransferTarget.Nowhere(DialEnd.Busy), // It calls itself.
        { } place and (ToQueue or ToFlow or ToFeature) => new TransferTarget.ToPlace(number, CallRunner.NameOf(place)),
        _ => new TransferTarget.Nowhere(DialEnd.Unreachable),
    };

    /// <summary>Who asks: the agent, or nobody but the phone.</summary>
    public static ActorId ActorOf(EndpointId phone, AgentId? agent) => agent is { } known ? Actors.Of(known) : new($"endpoint:{phone}");
}

using CallCenterKit.Conversations;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Voice;

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
        ToExtension extension when extension.Endpoint != phone => new TransferTarget.ToPhone(extension.Endpoint, extension.Recording),
        ToExtension => new TransferTarget.Nowhere(DialEnd.Busy), // It calls itself.
        { } place and (ToQueue or ToFlow or ToFeature) => new TransferTarget.ToPlace(number, CallRunner.NameOf(place)),
        ToAgent agent when center.Board.Find(agent.Agent)?.Endpoint is { } desk && desk != phone => new TransferTarget.ToPhone(desk),
        _ => OutsideOf(center, number, phone),
    };

    // Also an emergency number, which needs no rule.
    private static TransferTarget OutsideOf(CenterServices center, string number, EndpointId phone) =>
        Outside.Find(center, number, phone, center.Board.AgentAt(phone)?.Id, out var refusal) is { } outside
            ? new TransferTarget.ToOutside(outside.Number, outside.Trunks, outside.Shown, outside.Rule.Recording) { IsEmergency = outside.IsEmergency }
            : new TransferTarget.Nowhere(refusal == HangUpCause.Forbidden ? DialEnd.Rejected : DialEnd.Unreachable);

    /// <summary>Who asks: the agent, or nobody but the phone.</summary>
    public static ActorId ActorOf(EndpointId phone, AgentId? agent) => agent is { } known ? Actors.Of(known) : new($"endpoint:{phone}");
}

using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>What the random center plays with: the real engine, or one that is broken on purpose.</summary>
internal interface IEngine
{
    DateTimeOffset? NextDeadline { get; }

    void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output);

    /// <summary>The place the engine explains; null when it does not wait.</summary>
    int? PlaceOf(InteractionId interaction, DateTimeOffset now);

    RoutingSnapshot TakeSnapshot();

    void Apply(RoutingEvent happened, DateTimeOffset at);
}

using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>The engine as it is. Broken ones derive from it and tamper with what goes in or comes out.</summary>
internal class RealEngine(RoutingEngine engine) : IEngine
{
    public virtual DateTimeOffset? NextDeadline => engine.NextDeadline;

    public virtual void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) => engine.Handle(command, now, output);

    public virtual int? PlaceOf(InteractionId interaction, DateTimeOffset now) => engine.Explain(interaction, now)?.Place;

    public virtual RoutingSnapshot TakeSnapshot() => engine.TakeSnapshot();

    public virtual void Apply(RoutingEvent happened, DateTimeOffset at) => engine.Apply(happened, at);
}

namespace CallCenterKit.Routing;

/// <summary>Carries out what the routing engine wants done.</summary>
public interface IRoutingPerformer
{
    /// <summary>Hands the effect over; never waits. Called on the routing loop, in order, after the events were appended.</summary>
    void Perform(RoutingEffect effect);
}

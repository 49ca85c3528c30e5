namespace CallCenterKit.Routing;

/// <summary>Told by <see cref="RoutingState"/> what an event has changed, so that orders and deadlines follow.</summary>
internal interface IRoutingStateObserver
{
    /// <summary>The model is another one: nothing derived from the old one holds.</summary>
    void ModelChanged();

    void AgentChanged(Presence agent);

    void EntryCame(QueueEntry entry);

    /// <summary>The entry waits again: the offer for it came to nothing.</summary>
    void EntryWaits(QueueEntry entry);

    /// <summary>The entry is being offered or has left.</summary>
    void EntryTaken(QueueEntry entry);

    void OfferRings(OpenOffer offer);

    void OfferSettles(OpenOffer offer);

    void WrapUpBegan(Presence agent, DateTimeOffset until);

    void RestBegan(Presence agent, DateTimeOffset until);
}

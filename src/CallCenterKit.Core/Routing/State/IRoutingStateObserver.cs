namespace CallCenterKit.Routing;

/// <summary>Told by <see cref="RoutingState"/> what an event has changed, so that orders and deadlines follow.</summary>
internal interface IRoutingStateObserver
{
    /// <summary>The model is another one: nothing derived from the old one holds.</summary>
    void ModelChanged();

    void AgentChanged(Presence agent);

    void EntryCame(QueueEntry entry);

    /// <summary>Something about the entry is different: whether it waits, what it requires, or what falls due.</summary>
    void EntryChanged(QueueEntry entry);

    void EntryGone(QueueEntry entry);

    void OfferRings(OpenOffer offer);

    void OfferSettles(OpenOffer offer);

    void WrapUpBegan(Presence agent, DateTimeOffset until);

    void RestBegan(Presence agent, DateTimeOffset until);

    void MarkBegan(Presence agent, DateTimeOffset until);

    void QueueEmptied(QueueBook queue);
}

using System.Runtime.InteropServices;

namespace CallCenterKit.Routing;

// Entries: who waits, and what rings for them.
internal sealed partial class RoutingState
{
    private void Apply(QueueEntered happened, DateTimeOffset at)
    {
        if (happened.Entry.Epoch == Epoch)
            LastEntry = Math.Max(LastEntry, happened.Entry.Number);
        var entry = new QueueEntry(happened.Entry, happened.Interaction, happened.Queue)
        {
            Channel = happened.Channel,
            Cost = happened.Cost,
            Reach = happened.Reach,
            EnqueuedAt = happened.EnqueuedAt,
            EnteredAt = at,
            Requirement = happened.Requirement,
            Credits = happened.Credits,
            Vip = happened.Vip,
            Party = happened.Party,
            Owner = happened.Owner,
            Except = happened.Except,
            WaitsForOwner = happened.Owner is not null,
            BookedAt = happened.Reach == PartyReach.ToBeCalled ? at : null,
        };
        Add(entry);
        entry.Rank = RankOf(entry);
        observer?.EntryCame(entry);
    }

    private void Apply(QueueLeft happened, DateTimeOffset at)
    {
        if (!Entries.Remove(happened.Entry, out var entry))
            return;
        EntriesByInteraction.Remove(entry.Interaction);
        if (entry.Reach == PartyReach.ToBeCalled)
            CountCallback(entry, -1);
        if (entry.CallingFor is { } calling)
            Calling.Remove(calling);
        var book = BookOf(entry.Queue);
        book.Length--;
        if (entry.Reach == PartyReach.Present)
            book.CountWait(at - entry.EnteredAt, happened.Exit == QueueExit.Abandoned);
        ForgetIfGone(book);
        entry.IsGone = true;
        observer?.EntryGone(entry);
    }

    private void Apply(EntryOpened happened)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        switch (happened.Kind)
        {
            case OpeningKind.Owner: entry.WaitsForOwner = false; break;
            case OpeningKind.Tier: entry.TiersOpened = happened.Step - 1; break;
            default: entry.Relaxed = happened.Step; break;
        }
        observer?.EntryChanged(entry);
    }

    private void Apply(StepMissed happened)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        entry.StepsMissed = happened.Step;
        observer?.EntryChanged(entry);
    }

    private void Apply(PlaceAnnounced happened, DateTimeOffset at)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        entry.AnnouncedAt = at;
        (entry.ToldPlace, entry.ToldWait) = (happened.Place ?? entry.ToldPlace, happened.Wait ?? entry.ToldWait);
        observer?.EntryChanged(entry);
    }

    private void Apply(CallbackBooked happened, DateTimeOffset at)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        BookOf(entry.Queue).CountWait(at - entry.EnteredAt, abandoned: false);
        entry.Reach = PartyReach.ToBeCalled;
        entry.BookedAt = at;
        CountCallback(entry, 1);
        observer?.EntryChanged(entry);
    }

    private void Apply(CallbackCalled happened, DateTimeOffset at)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        (entry.CallingFor, entry.CallingAgent, entry.Attempts, entry.RetryAt) = (happened.Offer, happened.Agent, happened.Attempt, null);
        Calling[happened.Offer] = entry;
        var agent = AgentOf(happened.Agent);
        agent.Assignments.Add(AssignmentOf(agent, entry.Interaction, entry.Queue, entry.Channel, entry.Cost, at));
        agent.RestUntil = null;
        agent.Missed = 0;
        observer?.EntryChanged(entry);
        Changed(agent, at);
    }

    private void Apply(CallbackMissed happened, DateTimeOffset at)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        if (happened.Reason == CallbackFailure.AgentLeft)
            entry.Attempts--; // The party was not let down by itself.
        StopCalling(entry, at);
        entry.RetryAt = happened.RetryAt;
        observer?.EntryChanged(entry);
    }

    private void StopCalling(QueueEntry entry, DateTimeOffset at)
    {
        if (entry.CallingFor is not { } offer || entry.CallingAgent is not { } caller)
            return;
        Calling.Remove(offer);
        (entry.CallingFor, entry.CallingAgent) = (null, null);
        var agent = AgentOf(caller);
        if (agent.Assignments.Find(each => each.Interaction == entry.Interaction && each.StartedAt is null) is { } calling)
            EndOf(agent, calling, at);
        Changed(agent, at);
    }

    private void Apply(ScoresAsked happened)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        (entry.Rounds, entry.ScoresUntil) = (happened.Round, happened.ExpiresAt);
        observer?.EntryChanged(entry);
    }

    private void Apply(ScoresEnded happened)
    {
        if (!Entries.TryGetValue(happened.Entry, out var entry))
            return;
        entry.ScoresUntil = null;
        entry.FellBack = happened.Outcome == ScoringOutcome.FellBack;
        if (happened.Outcome != ScoringOutcome.Chosen) // Else an offer follows.
            observer?.EntryChanged(entry);
    }

    private void Apply(OfferMade happened, DateTimeOffset at)
    {
        if (happened.Offer.Epoch == Epoch)
            LastOffer = Math.Max(LastOffer, happened.Offer.Number);
        var agent = AgentOf(happened.Agent);
        var offer = new OpenOffer(happened.Offer, happened.Entry, happened.Interaction, happened.Queue, agent) { MadeAt = at, ExpiresAt = happened.ExpiresAt };
        agent.Offer = offer;
        agent.LastOfferedAt = at;
        var entry = Add(offer);
        if (Queues.TryGetValue(happened.Queue, out var book))
        {
            (book.LastChosen, book.Cursor) = (happened.Agent, happened.Agent);
        }
        if (entry is not null)
        {
            entry.FellBack = false;
            observer?.EntryChanged(entry);
        }
        observer?.OfferRings(offer);
        Changed(agent, at);
    }

    private void Apply(OfferEnded happened, DateTimeOffset at)
    {
        if (!Offers.TryGetValue(happened.Offer, out var offer))
            return;
        var agent = offer.Agent;
        if (happened.RestUntil is { } until)
        {
            (agent.RestUntil, agent.RestYields) = (until, happened.SettleBy is not null);
            observer?.RestBegan(agent, until);
        }
        if (happened.End == OfferEnd.NoAnswer)
            agent.Missed++;
        if (happened.SettleBy is { } settleBy)
        {
            offer.SettleBy = settleBy;
            observer?.OfferSettles(offer);
        }
        else
        {
            Remove(offer);
        }
        if (Entries.TryGetValue(offer.Entry, out var entry))
            Return(entry, offer, happened.End);
        Changed(agent, at);
    }

    /// <summary>After some ends the entry leaves its queue with the next event; it need not wait in between.</summary>
    private void Return(QueueEntry entry, OpenOffer offer, OfferEnd end)
    {
        entry.Remove(offer);
        if (end is not (OfferEnd.Answered or OfferEnd.CallerLeft or OfferEnd.AnsweredElsewhere))
            observer?.EntryChanged(entry);
    }

    private void Apply(OfferSettled happened, DateTimeOffset at)
    {
        if (!Offers.TryGetValue(happened.Offer, out var offer))
            return;
        Remove(offer);
        Changed(offer.Agent, at);
    }

    private void Add(QueueEntry entry)
    {
        Entries[entry.Id] = entry;
        EntriesByInteraction[entry.Interaction] = entry;
        if (entry.Reach == PartyReach.ToBeCalled)
            CountCallback(entry, 1);
        if (entry.CallingFor is { } calling)
            Calling[calling] = entry;
        BookOf(entry.Queue).Length++;
    }

    private QueueEntry? Add(OpenOffer offer)
    {
        Offers[offer.Id] = offer;
        if (offer.SettleBy is not null || !Entries.TryGetValue(offer.Entry, out var entry))
            return null;
        entry.Add(offer);
        return entry;
    }

    private void Remove(OpenOffer offer)
    {
        Offers.Remove(offer.Id);
        offer.IsGone = true;
        if (offer.Agent.Offer == offer)
            offer.Agent.Offer = null;
    }

    /// <summary>A party may come to have two in one queue, when one comes over from another queue.</summary>
    private void CountCallback(QueueEntry entry, int more)
    {
        if (entry.Party is not { } party)
            return;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(Callbacks, (entry.Queue, party), out _);
        count += more;
        if (count == 0)
            Callbacks.Remove((entry.Queue, party));
    }
}

using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;

namespace CallCenterKit.Desks;

/// <summary>Gathers what an agent should see of whoever rings, and shows it on every desk.</summary>
internal sealed class ScreenPops(CenterServices center)
{
    private const int MostRecords = 10;
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(200);

    /// <summary>Hands over; never waits, never throws.</summary>
    public void Show(Offer offer, ConversationHost? host)
    {
        if (center.Desks.Count == 0)
            return;
        center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Pops.ShowAsync(state.Offer, state.Host), (Pops: this, Offer: offer, Host: host), preferLocal: false);
    }

    private async Task ShowAsync(Offer offer, ConversationHost? host)
    {
        var pop = new ScreenPop(offer.Id, offer.Agent, offer.Interaction, offer.Queue, offer.Waited, "", [], new Dictionary<string, string>(), [], [], IsComplete: false);
        try
        {
            pop = await center.Work.WithinAsync(GatherAsync(pop, host), Budget, center.Time).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            CallsLog.ScreenPopIncomplete(center.Logger, fault, offer.Interaction);
            pop = pop with { Number = host?.Customer.From.Number ?? "", Collected = host?.Session.Variables ?? pop.Collected };
        }
        foreach (var desk in center.Desks)
            await ShowAsync(desk, pop).ConfigureAwait(false);
        center.Work.Leave();
    }

    private async ValueTask ShowAsync(IAgentDesk desk, ScreenPop pop)
    {
        try
        {
            await center.Work.ParkAsync(desk.ShowAsync(pop, center.Stopping)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            CallsLog.DeskFailed(center.Logger, fault, desk.GetType().Name, pop.Agent);
        }
    }

    private async ValueTask<ScreenPop> GatherAsync(ScreenPop pop, ConversationHost? host)
    {
        var record = await center.Records.FindAsync(pop.Interaction, CancellationToken.None).ConfigureAwait(false);
        var contacts = host is null ? [] : await host.Session.Contacts.ConfigureAwait(false);
        var party = contacts.Count > 0 ? contacts[0].Party : host?.Party ?? record?.Party;
        var last = party is { } known ? await center.Records.ListOfPartyAsync(known, MostRecords + 1, CancellationToken.None).ConfigureAwait(false) : [];
        var others = last.Where(each => each.Interaction != pop.Interaction).Take(MostRecords).ToList();
        return pop with
        {
            Number = host?.Customer.From.Number ?? record?.Number ?? "",
            Contacts = contacts,
            Collected = host?.Session.Variables ?? pop.Collected,
            Last = others,
            FollowUps = [.. FollowUps(others)],
            IsComplete = true,
        };
    }

    /// <summary>A later conversation settles what an earlier one left.</summary>
    private static IEnumerable<CallRecord> FollowUps(IReadOnlyList<CallRecord> newestFirst) => newestFirst
        .TakeWhile(record => record.Agent is null || record.Disposition == ScreenPop.NeedsCallback)
        .Where(record => record.Disposition == ScreenPop.NeedsCallback);
}

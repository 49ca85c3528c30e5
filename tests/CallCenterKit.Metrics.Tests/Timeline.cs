using System.Globalization;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Metrics;

/// <summary>Feeds a fold with what happens, second by second after noon.</summary>
internal sealed class Timeline(IEventFold fold)
{
    private long _position;

    public static QueueId Support { get; } = new("support");

    public static QueueId Sales { get; } = new("sales");

    public static AgentId Alice { get; } = new("alice");

    public void At(double seconds, params CenterEvent[] events)
    {
        foreach (var happened in events)
            fold.Apply(new("test", 1, ++_position, Noon.AddSeconds(seconds), happened) { Position = _position });
    }

    /// <summary>Support answers within 10 s, sales within 30 s.</summary>
    public void Configure() => At(0, new ModelApplied(new(
        1,
        new Dictionary<AgentId, AgentModel>(),
        new Dictionary<QueueId, QueueModel>
        {
            [Support] = new(Support, "Support", "longest-idle", []) { ServiceLevelThreshold = TimeSpan.FromSeconds(10) },
            [Sales] = new(Sales, "Sales", "longest-idle", []) { ServiceLevelThreshold = TimeSpan.FromSeconds(30) },
        })));

    public void Arrives(int call, double at, CallDirection direction = CallDirection.Inbound) =>
        At(at, new InteractionStarted(Interaction(call), Party(call), Call(call), direction, "trunk:main", "5000"));

    public void Enters(int call, double at, QueueId queue, double? enqueuedAt = null, int stay = 0) => At(at,
        new QueueEntered(new(1, (stay * 100) + call), Interaction(call), queue, Channels.Voice, 1, PartyReach.Present, Noon.AddSeconds(enqueuedAt ?? at)));

    public void Leaves(int call, double at, QueueId queue, QueueExit exit, double waited, int stay = 0) =>
        At(at, new QueueLeft(new(1, (stay * 100) + call), Interaction(call), queue, exit, TimeSpan.FromSeconds(waited)));

    /// <summary>Enters and leaves a queue.</summary>
    public void Waits(int call, QueueId queue, QueueExit exit, double waited)
    {
        Enters(call, call, queue);
        Leaves(call, call + waited, queue, exit, waited);
    }

    public void Rings(int offer, double at, OfferEnd end, double after)
    {
        At(at, new OfferMade(new(1, offer), new(1, 1), Interaction(1), Support, Alice, new("1001"), Noon.AddSeconds(at + 20)));
        At(at + after, new OfferEnded(new(1, offer), Alice, Interaction(1), Support, end, null, null));
    }

    public void Ends(int call, double at) => At(at, new InteractionEnded(Interaction(call), HangUpCause.Normal, CallEndedBy.Party));

    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

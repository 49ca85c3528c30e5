using System.Diagnostics.Metrics;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace CallCenterKit.Metrics;

/// <summary>The center on <see cref="System.Diagnostics.Metrics"/>: a fold over the journal that any exporter can read.</summary>
/// <remarks>
/// Give it the entries of this life of the center only: a counter starts with the process. Waits and offers that
/// began in an earlier life are left out, calls it cut off are counted as interrupted. Names and tags: <see cref="MetricNames"/>.
/// </remarks>
public sealed class CallCenterMeter : IEventFold
{
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800] };
    private static readonly InstrumentAdvice<double> Rings = new() { HistogramBucketBoundaries = [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60] };
    private static readonly InstrumentAdvice<double> Talks = new() { HistogramBucketBoundaries = [5, 10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600] };

    private readonly Dictionary<InteractionId, CallRecord> _calls = [];
    private readonly HashSet<EntryId> _waiting = [];
    private readonly Dictionary<OfferId, DateTimeOffset> _offered = [];
    private readonly Func<LiveView?> _board;
    private readonly Func<IReadOnlyList<PhoneView>> _phones;

    private readonly Counter<long> _ended, _refused, _offers, _poorLegs;
    private readonly UpDownCounter<long> _active, _inQueue;
    private readonly Histogram<double> _callSeconds, _talkSeconds, _holdSeconds, _wrapUpSeconds, _waitSeconds, _offerSeconds;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    /// <param name="center">A tag of the meter.</param>
    /// <param name="board">The live board, read on the exporter's thread for agents by state; null while there is none.</param>
    /// <param name="phones">The health of the phones, read on the exporter's thread; null is none.</param>
    public CallCenterMeter(IMeterFactory factory, CenterId center, Func<LiveView?> board, Func<IReadOnlyList<PhoneView>>? phones = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(board);
        _board = board;
        _phones = phones ?? (static () => []);
        var meter = factory.Create(new MeterOptions(MetricNames.Meter) { Tags = [new(MetricNames.Center, center.Value)] });
        _ended = meter.CreateCounter<long>(MetricNames.Calls, "{call}", "Calls that ended.");
        _active = meter.CreateUpDownCounter<long>(MetricNames.ActiveCalls, "{call}", "Calls that live.");
        _callSeconds = meter.CreateHistogram(MetricNames.CallDuration, "s", "From arrival to the end.", null, Talks);
        _talkSeconds = meter.CreateHistogram(MetricNames.TalkDuration, "s", "Talk of one call, holds left out.", null, Talks);
        _holdSeconds = meter.CreateHistogram(MetricNames.HoldDuration, "s", "Hold of one call.", null, Talks);
        _wrapUpSeconds = meter.CreateHistogram(MetricNames.WrapUpDuration, "s", "After-call work of one agent for one call.", null, Talks);
        _inQueue = meter.CreateUpDownCounter<long>(MetricNames.Waiting, "{call}", "Calls that wait or are being offered.");
        _waitSeconds = meter.CreateHistogram(MetricNames.WaitDuration, "s", "Wait since first enqueued.", null, Waits);
        _refused = meter.CreateCounter<long>(MetricNames.Refused, "{call}", "Calls that found no place in a queue.");
        _offers = meter.CreateCounter<long>(MetricNames.Offers, "{offer}", "Times an agent was rung.");
        _offerSeconds = meter.CreateHistogram(MetricNames.OfferDuration, "s", "How long an agent was rung.", null, Rings);
        _poorLegs = meter.CreateCounter<long>(MetricNames.PoorLegs, "{leg}", "Times a leg began to sound poor.");
        meter.CreateObservableUpDownCounter(MetricNames.Agents, CountAgents, "{agent}", "Agents by state.");
        meter.CreateObservableCounter(MetricNames.PhoneLosses, () => OfPhones(phone => (long)phone.Losses), "{loss}", "Times a phone was lost.");
        meter.CreateObservableCounter(MetricNames.PhoneUnreachable, () => OfPhones(phone => phone.UnreachableTime.TotalSeconds), "s", "Time a phone could not be reached.");
        meter.CreateObservableCounter(MetricNames.PhonePoorCalls, () => OfPhones(phone => (long)phone.PoorCalls), "{call}", "Conversations of a phone whose network was lost.");
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Event)
        {
            case QueueEntered e: Enter(e); break;
            case QueueLeft e: Leave(e); break;
            case QueueRefused e: _refused.Add(1, Queue(e.Queue)); break;
            case OfferMade e: _offered[e.Offer] = entry.At; break;
            case OfferEnded e: EndOffer(e, entry.At); break;
            case LegQualityPoor: _poorLegs.Add(1); break;
        }
        if (CallRecordFold.InteractionOf(entry.Event) is { } interaction)
            Follow(interaction, entry);
    }

    private void Enter(QueueEntered entered)
    {
        if (_waiting.Add(entered.Entry))
            _inQueue.Add(1, Queue(entered.Queue));
    }

    private void Leave(QueueLeft left)
    {
        if (!_waiting.Remove(left.Entry))
            return;
        _inQueue.Add(-1, Queue(left.Queue));
        _waitSeconds.Record(left.Waited.TotalSeconds, Queue(left.Queue), Outcome(left.Exit));
    }

    private void EndOffer(OfferEnded ended, DateTimeOffset at)
    {
        if (!_offered.Remove(ended.Offer, out var since))
            return;
        _offers.Add(1, Queue(ended.Queue), Outcome(ended.End));
        _offerSeconds.Record((at - since).TotalSeconds, Queue(ended.Queue), Outcome(ended.End));
    }

    /// <summary>What a call means is said by <see cref="CallRecordFold"/>, here as in the records.</summary>
    private void Follow(InteractionId interaction, JournalEntry entry)
    {
        var known = _calls.TryGetValue(interaction, out var before);
        if (!known && entry.Event is InteractionInterrupted)
            _ended.Add(1, new KeyValuePair<string, object?>(MetricNames.Ending, TagText<CallRecordEnding>.Of(CallRecordEnding.Interrupted)));
        if (CallRecordFold.Apply(before, entry) is not { } after)
            return;
        if (before is null)
            _active.Add(1, Direction(after));
        if (entry.Event is WrapUpEnded && before is not null)
            _wrapUpSeconds.Record((after.WrapUp - before.WrapUp).TotalSeconds, Queue(after.Queue));
        if (before is { Ending: CallRecordEnding.Open } && after.Ending != CallRecordEnding.Open)
            End(after);
        if (after.IsOpen)
            _calls[interaction] = after;
        else
            _calls.Remove(interaction);
    }

    private void End(CallRecord call)
    {
        var ending = new KeyValuePair<string, object?>(MetricNames.Ending, TagText<CallRecordEnding>.Of(call.Ending));
        _active.Add(-1, Direction(call));
        _ended.Add(1, Direction(call), ending);
        _callSeconds.Record((call.EndedAt!.Value - call.StartedAt).TotalSeconds, Direction(call), ending);
        if (call.Legs.Count > 0)
            _talkSeconds.Record(call.Talk.TotalSeconds, Queue(call.Queue));
        if (call.Hold > TimeSpan.Zero)
            _holdSeconds.Record(call.Hold.TotalSeconds, Queue(call.Queue));
    }

    private IEnumerable<Measurement<T>> OfPhones<T>(Func<PhoneView, T> figure)
        where T : struct => _phones().Select(phone => new Measurement<T>(figure(phone), new KeyValuePair<string, object?>(MetricNames.Phone, phone.Phone.Value)));

    private IEnumerable<Measurement<long>> CountAgents()
    {
        if (_board() is not { } view)
            return [];
        var byState = view.Agents.ToLookup(agent => agent.State);
        return Enum.GetValues<AgentState>().Select(state => new Measurement<long>(
            byState[state].Count(), new KeyValuePair<string, object?>(MetricNames.AgentState, TagText<AgentState>.Of(state))));
    }

    private static KeyValuePair<string, object?> Queue(QueueId? queue) => new(MetricNames.Queue, queue?.Value ?? "");

    private static KeyValuePair<string, object?> Direction(CallRecord call) =>
        new(MetricNames.Direction, TagText<Voice.CallDirection>.Of(call.Direction));

    private static KeyValuePair<string, object?> Outcome(QueueExit exit) => new(MetricNames.Outcome, TagText<QueueExit>.Of(exit));

    private static KeyValuePair<string, object?> Outcome(OfferEnd end) => new(MetricNames.Outcome, TagText<OfferEnd>.Of(end));
}

using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Metrics;

/// <summary>How long callers usually wait in each queue, by hour and day of the week: a fold over the journal that goes on from a snapshot.</summary>
/// <remarks>
/// <see cref="Of"/> on any thread; <see cref="Apply"/> on one thread at a time. The figure is the average time in queue: the waits of
/// all that entered in that hour, whatever their end, by the clock of the queue's time zone. A wait is that in one queue, and of
/// who asks to be called back the time until then; what is no call is left out, and so is what the end of a queue or of the
/// center cut off. Each week counts for seven eighths of the next.
/// </remarks>
public sealed class HourlyWaits : IEventFold
{
    /// <summary>The name of the snapshot.</summary>
    public const string Name = "hourly-waits";

    private const double Kept = 7.0 / 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<QueueId, Hour[]> _weeks = [];
    private readonly Dictionary<EntryId, (QueueId Queue, DateTimeOffset Since)> _waiting = [];
    private readonly Dictionary<QueueId, string> _timeZones = [];
    private long _position;

    /// <summary>Goes on from a snapshot.</summary>
    /// <param name="snapshot">What <see cref="TakeSnapshot"/> returned; null begins with nothing.</param>
    /// <exception cref="JsonException">It is no such snapshot.</exception>
    public static HourlyWaits Restore(Snapshot? snapshot)
    {
        var waits = new HourlyWaits();
        if (snapshot is null)
            return waits;
        var state = JsonSerializer.Deserialize<HourlyWaitsState>(snapshot.Json, EventCatalog.JsonOptions) ?? throw new JsonException($"Snapshot '{snapshot.Name}' is null.");
        waits._position = snapshot.Position;
        foreach (var (queue, zone) in state.TimeZones)
            waits._timeZones[queue] = zone;
        foreach (var stay in state.Waiting)
            waits._waiting[stay.Entry] = (stay.Queue, stay.Since);
        foreach (var each in state.Hours)
            waits.WeekOf(each.Queue)[each.HourOfWeek] = new() { Day = each.Day, Calls = each.Calls, Seconds = each.Seconds };
        return waits;
    }

    /// <summary>The position of the last entry that was taken in; earlier ones are ignored.</summary>
    public long Position
    {
        get { lock (_lock) { return _position; } }
    }

    /// <summary>The 24 hours of a day.</summary>
    /// <param name="queue">Of which queue.</param>
    /// <param name="day">Of that day of the week; null is of all days together.</param>
    public IReadOnlyList<HourlyWait> Of(QueueId queue, DayOfWeek? day = null)
    {
        lock (_lock)
        {
            var week = _weeks.GetValueOrDefault(queue) ?? new Hour[7 * 24];
            return [.. Enumerable.Range(0, 24).Select(hour => Sum(hour, day is { } one ? [week[((int)one * 24) + hour]] : Enumerable.Range(0, 7).Select(each => week[(each * 24) + hour])))];
        }
    }

    /// <summary>All that is needed to go on.</summary>
    public Snapshot TakeSnapshot()
    {
        lock (_lock)
        {
            var state = new HourlyWaitsState(
                _timeZones,
                [.. _waiting.Select(pair => new HourlyWaitsStay(pair.Key, pair.Value.Queue, pair.Value.Since))],
                [.. _weeks.SelectMany(pair => pair.Value.Select((hour, index) => new HourlyWaitsHour(pair.Key, index, hour.Day, hour.Calls, hour.Seconds)).Where(hour => hour.Calls > 0))]);
            return new(Name, _position, JsonSerializer.Serialize(state, EventCatalog.JsonOptions));
        }
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_lock)
        {
            if (entry.Position <= _position)
                return;
            _position = entry.Position;
            switch (entry.Event)
            {
                case ModelApplied e: Follow(e.Model); break;
                case QueueEntered { Channel: Channels.Voice, Reach: PartyReach.Present } e: _waiting[e.Entry] = (e.Queue, entry.At); break;
                case CallbackBooked e: End(e.Entry, entry.At); break;
                case QueueLeft { Exit: QueueExit.Closed } e: _waiting.Remove(e.Entry); break;
                case QueueLeft e: End(e.Entry, entry.At); break;
            }
        }
    }

    private static HourlyWait Sum(int hour, IEnumerable<Hour> days)
    {
        var (calls, seconds) = (0.0, 0.0);
        foreach (var day in days)
            (calls, seconds) = (calls + day.Calls, seconds + day.Seconds);
        return new(hour, calls, TimeSpan.FromSeconds(calls > 0 ? seconds / calls : 0));
    }

    private void Follow(CallCenterModel model)
    {
        _timeZones.Clear();
        foreach (var queue in model.Queues.Values)
            _timeZones[queue.Id] = queue.TimeZone;
    }

    private void End(EntryId entry, DateTimeOffset now)
    {
        if (!_waiting.Remove(entry, out var stay))
            return;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(_timeZones.GetValueOrDefault(stay.Queue) ?? "UTC", out var known) ? known : TimeZoneInfo.Utc;
        var entered = TimeZoneInfo.ConvertTime(stay.Since, zone);
        var day = DateOnly.FromDateTime(entered.DateTime).DayNumber;
        ref var hour = ref WeekOf(stay.Queue)[((int)entered.DayOfWeek * 24) + entered.Hour];
        var share = hour.Day < day ? Kept : 1; // who entered an hour ago may leave after one who has just come
        hour = new() { Day = Math.Max(day, hour.Day), Calls = (hour.Calls * share) + 1, Seconds = (hour.Seconds * share) + (now - stay.Since).TotalSeconds };
    }

    private Hour[] WeekOf(QueueId queue) => _weeks.TryGetValue(queue, out var week) ? week : _weeks[queue] = new Hour[7 * 24];

    private struct Hour
    {
        public int Day { get; init; }

        public double Calls { get; init; }

        public double Seconds { get; init; }
    }
}

using System.Text.Json;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Metrics;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace CallCenterKit.Events;

/// <summary>Reads what earlier lives of the center left, so that this one goes on from there.</summary>
internal sealed class Recovery
{
    private Recovery(RoutingEngine engine, LiveBoard board, IReadOnlyList<CallRecord> interrupted, DateTimeOffset? lastSeen)
    {
        Engine = engine;
        Board = board;
        Interrupted = interrupted;
        LastSeen = lastSeen;
    }

    /// <summary>The routing engine as it was.</summary>
    public RoutingEngine Engine { get; }

    /// <summary>What agents and queues look like.</summary>
    public LiveBoard Board { get; }

    /// <summary>What was open when the process died.</summary>
    public IReadOnlyList<CallRecord> Interrupted { get; }

    /// <summary>When the last event happened; null when there was none.</summary>
    public DateTimeOffset? LastSeen { get; }

    public static async Task<Recovery> RunAsync(
        IEventJournal journal,
        ISnapshotStore snapshots,
        CallRecordProjection records,
        HourlyWaits waits,
        Func<RoutingSnapshot?, RoutingEngine> createEngine,
        CancellationToken cancellationToken)
    {
        var recordsAt = await records.LoadAsync(cancellationToken).ConfigureAwait(false);
        var snapshot = await snapshots.LoadAsync(Streams.Routing, cancellationToken).ConfigureAwait(false);
        var state = snapshot is null ? null : JsonSerializer.Deserialize<RoutingSnapshot>(snapshot.Json, EventCatalog.JsonOptions);
        var engine = createEngine(state);
        var board = state is null ? new LiveBoard() : new LiveBoard(state);
        DateTimeOffset? lastSeen = null;

        // One entry before the earliest of them, so that the time of the last one is known also when nothing followed.
        var from = Math.Max(0, Math.Min(Math.Min(recordsAt, waits.Position), snapshot?.Position ?? 0) - 1);
        await foreach (var entry in journal.ReadAsync(from, cancellationToken).ConfigureAwait(false))
        {
            lastSeen = entry.At;
            records.Apply(entry);
            waits.Apply(entry);
            if (entry.Position <= (snapshot?.Position ?? 0))
                continue;
            if (entry.Event is RoutingEvent happened)
                engine.Apply(happened, entry.At);
            board.Apply(entry);
        }
        return new(engine, board, [.. records.Open.Where(record => record.IsRunning)], lastSeen);
    }

    /// <summary>Writes, for each interaction that was open, that it was interrupted; before it, how much audio its recordings hold.</summary>
    /// <param name="events">Where to.</param>
    /// <param name="now">When.</param>
    /// <param name="cutOff">How the recordings ended whose files could be read.</param>
    /// <param name="recordingPath">The path of a recording's file: what a customer did not want is deleted now.</param>
    public void WriteInterruptions(EventStream events, DateTimeOffset now, ILookup<InteractionId, CenterEvent> cutOff, Func<string, string> recordingPath)
    {
        foreach (var record in Interrupted)
        {
            events.OpenWriter(Streams.Of(record.Interaction))
                .Append([.. cutOff[record.Interaction], .. Discard(record, recordingPath), new InteractionInterrupted(record.Interaction, LastSeen ?? record.StartedAt)], now);
        }
    }

    /// <summary>Who was being asked, and could not answer, has not agreed. A message is left by whoever speaks it.</summary>
    private static IEnumerable<CenterEvent> Discard(CallRecord record, Func<string, string> recordingPath)
    {
        if (record.RecordingConsent is not (RecordingConsent.Asked or RecordingConsent.Refused))
            yield break;
        if (record.RecordingConsent == RecordingConsent.Asked)
            yield return new RecordingConsentRefused(record.Interaction);
        foreach (var recording in record.Recordings.Where(recording => recording is { Mailbox: null, IsDiscarded: false }))
        {
            yield return UnwantedFile.Delete(recordingPath(recording.File)) is { } fault
                ? new RecordingNotDiscarded(record.Interaction, recording.Recording, fault.Message)
                : new RecordingDiscarded(record.Interaction, recording.Recording);
        }
    }
}

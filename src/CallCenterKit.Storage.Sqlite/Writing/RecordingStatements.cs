using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>The statements that write recordings. Writer thread only.</summary>
internal sealed class RecordingStatements : IDisposable
{
    private readonly List<Statement> _all = [];
    private readonly JsonBuffer _json;
    private readonly Statement _read, _write, _tag, _untag;

    public RecordingStatements(SqliteConnection connection, CenterId center, JsonBuffer json)
    {
        _json = json;
        Statement Prepare(string sql) => StoreStatements.Prepared(connection, center, sql, _all);

        _read = Prepare("SELECT json FROM recording WHERE center = $1 AND recording = $2");
        _write = Prepare(
            """
            INSERT INTO recording (center, recording, started_at_us, interaction, party, caller, dialled, queue, disposition, kind, starred, held, erased, running, json, mailbox, unheard)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (center, recording) DO UPDATE SET
                started_at_us = excluded.started_at_us, interaction = excluded.interaction, party = excluded.party, caller = excluded.caller,
                dialled = excluded.dialled, queue = excluded.queue, disposition = excluded.disposition, kind = excluded.kind,
                starred = excluded.starred, held = excluded.held, erased = excluded.erased, running = excluded.running, json = excluded.json,
                mailbox = excluded.mailbox, unheard = excluded.unheard
            """);
        _tag = Prepare("INSERT OR IGNORE INTO recording_tag (center, tag, value, started_at_us, recording) VALUES ($1, $2, $3, $4, $5)");
        _untag = Prepare("DELETE FROM recording_tag WHERE center = $1 AND tag = $2 AND value = $3 AND started_at_us = $4 AND recording = $5");
    }

    /// <summary>Reads, changes and writes; does nothing when the change is about a recording that is not known.</summary>
    public void Apply(RecordingChange change)
    {
        var before = Read(change.Recording);
        if (StoredRecordingFold.Apply(before, change) is not { } after)
            return;
        Write(after);
        var (had, has) = (TagsOf(before), TagsOf(after));
        foreach (var gone in had.Except(has))
            Write(_untag, gone);
        foreach (var come in has.Except(had))
            Write(_tag, come);
    }

    public void Dispose() => _all.ForEach(statement => statement.Dispose());

    private StoredRecording? Read(RecordingId recording)
    {
        _read.Bind(2, recording.Text);
        return _read.ReadText() is { } json ? JsonSerializer.Deserialize<StoredRecording>(json, EventCatalog.JsonOptions) : null;
    }

    private void Write(StoredRecording recording)
    {
        _write.Bind(2, recording.Recording.Text);
        _write.Bind(3, StoreTime.Microseconds(recording.StartedAt));
        _write.Bind(4, recording.Interaction.Text);
        _write.Bind(5, recording.Customer?.Text);
        _write.Bind(6, recording.Caller.Length == 0 ? null : recording.Caller);
        _write.Bind(7, recording.Dialled.Length == 0 ? null : recording.Dialled);
        _write.Bind(8, recording.Queue?.Value);
        _write.Bind(9, recording.Disposition);
        _write.Bind(10, (long)recording.Kind);
        _write.Bind(11, recording.Starred ? 1 : 0);
        _write.Bind(12, recording.Hold is null ? 0 : 1);
        _write.Bind(13, recording.Erased is null ? 0 : 1);
        _write.Bind(14, recording.IsRunning ? 1 : 0);
        _write.Bind(15, _json.Write(recording));
        _write.Bind(16, recording.Mailbox?.Value);
        _write.Bind(17, recording is { Kind: RecordingKind.Voicemail, Heard: null } ? 1 : 0);
        _write.Run();
    }

    private static void Write(Statement statement, Tag tag)
    {
        statement.Bind(2, tag.Name);
        statement.Bind(3, tag.Value);
        statement.Bind(4, tag.StartedAtMicroseconds);
        statement.Bind(5, tag.Recording);
        statement.Run();
    }

    private static List<Tag> TagsOf(StoredRecording? recording)
    {
        if (recording is null)
            return [];
        var (at, id) = (StoreTime.Microseconds(recording.StartedAt), recording.Recording.Text);
        return
        [
            .. recording.Agents.Select(agent => new Tag(RecordingSchema.Agent, agent.Value, at, id)),
            .. recording.Extensions.Select(extension => new Tag(RecordingSchema.Extension, extension.Value, at, id)),
            .. recording.Lists.Select(list => new Tag(RecordingSchema.List, list, at, id)),
        ];
    }

    private readonly record struct Tag(string Name, string Value, long StartedAtMicroseconds, string Recording);
}

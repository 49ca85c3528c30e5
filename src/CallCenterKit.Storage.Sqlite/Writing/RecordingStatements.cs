using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>The statements that write recordings. Writer thread only.</summary>
internal sealed class RecordingStatements : IDisposable
{
    private readonly SqliteCommand _read, _write, _tag, _untag;

    public RecordingStatements(SqliteConnection connection, string center)
    {
        SqliteCommand Prepare(string sql, int parameters) => StoreStatements.Prepare(connection, center, sql, parameters);

        _read = Prepare("SELECT json FROM recording WHERE center = $1 AND recording = $2", 2);
        _write = Prepare(
            """
            INSERT INTO recording (center, recording, started_at_us, interaction, party, caller, dialled, queue, disposition, kind, starred, held, erased, running, json, mailbox, unheard)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (center, recording) DO UPDATE SET
                started_at_us = excluded.started_at_us, interaction = excluded.interaction, party = excluded.party, caller = excluded.caller,
                dialled = excluded.dialled, queue = excluded.queue, disposition = excluded.disposition, kind = excluded.kind,
                starred = excluded.starred, held = excluded.held, erased = excluded.erased, running = excluded.running, json = excluded.json,
                mailbox = excluded.mailbox, unheard = excluded.unheard
            """,
            17);
        _tag = Prepare("INSERT OR IGNORE INTO recording_tag (center, tag, value, started_at_us, recording) VALUES ($1, $2, $3, $4, $5)", 5);
        _untag = Prepare("DELETE FROM recording_tag WHERE center = $1 AND tag = $2 AND value = $3 AND started_at_us = $4 AND recording = $5", 5);
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

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
        _tag.Dispose();
        _untag.Dispose();
    }

    private StoredRecording? Read(RecordingId recording)
    {
        Set(_read, 2, recording.Text);
        return (string?)_read.ExecuteScalar() is { } json ? JsonSerializer.Deserialize<StoredRecording>(json, EventCatalog.JsonOptions) : null;
    }

    private void Write(StoredRecording recording)
    {
        Set(_write, 2, recording.Recording.Text);
        Set(_write, 3, StoreTime.Microseconds(recording.StartedAt));
        Set(_write, 4, recording.Interaction.Text);
        Set(_write, 5, recording.Customer?.Text);
        Set(_write, 6, recording.Caller.Length == 0 ? null : recording.Caller);
        Set(_write, 7, recording.Dialled.Length == 0 ? null : recording.Dialled);
        Set(_write, 8, recording.Queue?.Value);
        Set(_write, 9, recording.Disposition);
        Set(_write, 10, (long)recording.Kind);
        Set(_write, 11, recording.Starred ? 1L : 0L);
        Set(_write, 12, recording.Hold is null ? 0L : 1L);
        Set(_write, 13, recording.Erased is null ? 0L : 1L);
        Set(_write, 14, recording.IsRunning ? 1L : 0L);
        Set(_write, 15, JsonSerializer.Serialize(recording, EventCatalog.JsonOptions));
        Set(_write, 16, recording.Mailbox?.Value);
        Set(_write, 17, recording is { Kind: RecordingKind.Voicemail, Heard: null } ? 1L : 0L);
        _write.ExecuteNonQuery();
    }

    private static void Write(SqliteCommand command, Tag tag)
    {
        Set(command, 2, tag.Name);
        Set(command, 3, tag.Value);
        Set(command, 4, tag.StartedAtMicroseconds);
        Set(command, 5, tag.Recording);
        command.ExecuteNonQuery();
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

    private static void Set(SqliteCommand command, int number, object? value) => command.Parameters[number - 1].Value = value ?? DBNull.Value;

    private readonly record struct Tag(string Name, string Value, long StartedAtMicroseconds, string Recording);
}

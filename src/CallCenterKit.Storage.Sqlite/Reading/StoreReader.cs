using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite.Reading;

/// <summary>Reads on threads of the pool, each time on a connection of its own, beside the writer.</summary>
internal sealed class StoreReader(StoreFile file, CenterId center, EventCatalog catalog)
{
    /// <summary>Entries of one page of the journal: a reader never holds the write-ahead log for long.</summary>
    private const int PageSize = 1_000;

    /// <summary>The next entries in order; at most <see cref="PageSize"/>, none at the end.</summary>
    public Task<List<JournalEntry>> ReadPageAsync(long after, long upTo, CancellationToken cancellationToken) => ListAsync(
        $"SELECT position, stream, epoch, sequence, at_us, kind, json FROM entry WHERE center = $1 AND position > $2 AND position <= $3 ORDER BY position LIMIT {PageSize}",
        ReadEntry, cancellationToken, after, upTo);

    public async Task<Snapshot?> LoadSnapshotAsync(string name, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            "SELECT name, position, json FROM snapshot WHERE center = $1 AND name = $2",
            row => new Snapshot(row.GetString(0), row.GetInt64(1), row.GetString(2)), cancellationToken, name).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public Task<List<RegistrationBinding>> LoadBindingsAsync(string driver, CancellationToken cancellationToken) => ListAsync(
        "SELECT driver, endpoint, contact, expires_at_us, data FROM registration WHERE center = $1 AND driver = $2",
        row => new RegistrationBinding(row.GetString(0), new(row.GetString(1)), row.GetString(2), StoreTime.Instant(row.GetInt64(3)), row.GetString(4)),
        cancellationToken, driver);

    public async Task<long> ReadRecordPositionAsync(CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            "SELECT record_position FROM center WHERE center = $1", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public async Task<CallRecord?> FindRecordAsync(InteractionId interaction, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            "SELECT json FROM call_record WHERE center = $1 AND interaction = $2", ReadRecord, cancellationToken, interaction.Text).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public async Task<AgentId?> FindLastAgentAsync(PartyId party, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            "SELECT json FROM call_record WHERE center = $1 AND party = $2 AND json_extract(json, '$.agent') IS NOT NULL ORDER BY started_at_us DESC LIMIT 1",
            ReadRecord, cancellationToken, party.Text).ConfigureAwait(false);
        return found.FirstOrDefault()?.Agent;
    }

    public Task<List<CallRecord>> ListRecordsOfPartyAsync(PartyId party, int limit, CancellationToken cancellationToken) => ListAsync(
        "SELECT json FROM call_record WHERE center = $1 AND party = $2 ORDER BY started_at_us DESC LIMIT $3",
        ReadRecord, cancellationToken, party.Text, (long)limit);

    public Task<List<CallRecord>> ListOpenRecordsAsync(CancellationToken cancellationToken) => ListAsync(
        "SELECT json FROM call_record WHERE center = $1 AND open = 1", ReadRecord, cancellationToken);

    public Task<List<CallRecord>> ListRecordsAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) => ListAsync(
        "SELECT json FROM call_record WHERE center = $1 AND started_at_us >= $2 AND started_at_us < $3 ORDER BY started_at_us DESC LIMIT $4",
        ReadRecord, cancellationToken, StoreTime.Microseconds(from), StoreTime.Microseconds(to), (long)limit);

    public async Task<StoredRecording?> FindRecordingAsync(RecordingId recording, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            "SELECT json FROM recording WHERE center = $1 AND recording = $2", ReadRecording, cancellationToken, recording.Text).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public Task<List<StoredRecording>> SearchRecordingsAsync(RecordingQuery query, CancellationToken cancellationToken) =>
        ListRecordingsAsync(RecordingSql.Of(query), cancellationToken);

    public Task<List<StoredRecording>> ListDueRecordingsAsync(DueRecordings due, int limit, CancellationToken cancellationToken) =>
        ListRecordingsAsync(RecordingSql.Of(due, limit), cancellationToken);

    private Task<List<StoredRecording>> ListRecordingsAsync(RecordingSql sql, CancellationToken cancellationToken) =>
        ListAsync(sql.Text, ReadRecording, cancellationToken, sql.Values);

    private static StoredRecording ReadRecording(SqliteDataReader row) =>
        JsonSerializer.Deserialize<StoredRecording>(row.GetString(0), EventCatalog.JsonOptions) ?? throw new JsonException("A recording is null.");

    private static CallRecord ReadRecord(SqliteDataReader row) =>
        JsonSerializer.Deserialize<CallRecord>(row.GetString(0), EventCatalog.JsonOptions) ?? throw new JsonException("A call record is null.");

    private JournalEntry ReadEntry(SqliteDataReader row)
    {
        var position = row.GetInt64(0);
        var kind = row.GetString(5);
        try
        {
            return new(row.GetString(1), row.GetInt64(2), row.GetInt64(3), StoreTime.Instant(row.GetInt64(4)), catalog.Read(kind, row.GetString(6)))
            {
                Position = position,
            };
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The event of kind '{kind}' at position {position} in '{file.Path}' cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>SQLite has no asynchronous calls, so the whole read happens on a thread of the pool.</summary>
    private Task<List<T>> ListAsync<T>(string sql, Func<SqliteDataReader, T> read, CancellationToken cancellationToken, params object[] values) =>
        Task.Run(() => List(sql, read, values, cancellationToken), cancellationToken);

    private List<T> List<T>(string sql, Func<SqliteDataReader, T> read, object[] values, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = file.OpenForReading();
#pragma warning disable CA2100 // The texts are constants, of this class and of RecordingSql.
            using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
            command.Parameters.Add(new SqliteParameter("$1", center.Value));
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter($"${i + 2}", values[i]));
            using var rows = command.ExecuteReader();
            var all = new List<T>();
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                all.Add(read(rows));
            }
            return all;
        }
        catch (SqliteException fault)
        {
            throw new IOException($"The store '{file.Path}' cannot be read: {fault.Message}", fault);
        }
    }
}

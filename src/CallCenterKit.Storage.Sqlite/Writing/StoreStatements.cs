using CallCenterKit.Journal;
using CallCenterKit.Registrations;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Every statement that writes, prepared once. Writer thread only.</summary>
internal sealed class StoreStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _center;
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteCommand _begin, _commit, _rollback, _normal, _full, _touch, _epoch, _beginEpoch, _lastPosition;
    private readonly SqliteCommand _entry, _snapshot, _record, _recordPosition, _bind, _forget;

    public StoreStatements(SqliteConnection connection, CenterId center)
    {
        _connection = connection;
        _center = center.Value;
        _begin = Prepare("BEGIN IMMEDIATE", 0);
        _commit = Prepare("COMMIT", 0);
        _rollback = Prepare("ROLLBACK", 0);
        _normal = Prepare("PRAGMA synchronous = NORMAL", 0);
        _full = Prepare("PRAGMA synchronous = FULL", 0);
        _touch = Prepare(Upsert("syncs", "1", "syncs + 1"), 1);
        _epoch = Prepare("SELECT epoch FROM center WHERE center = $1", 1);
        _beginEpoch = Prepare(Upsert("epoch", "1", "epoch + 1") + " RETURNING epoch", 1);
        _lastPosition = Prepare("SELECT ifnull(max(position), 0) FROM entry WHERE center = $1", 1);
        _entry = Prepare("INSERT INTO entry (center, position, stream, epoch, sequence, at_us, kind, json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 8);
        _snapshot = Prepare("INSERT OR REPLACE INTO snapshot (center, name, position, json) VALUES ($1, $2, $3, $4)", 4);
        _record = Prepare("INSERT OR REPLACE INTO call_record (center, interaction, started_at_us, open, json, party) VALUES ($1, $2, $3, $4, $5, $6)", 6);
        _recordPosition = Prepare(Upsert("record_position", "$2", "excluded.record_position"), 2);
        _bind = Prepare("INSERT OR REPLACE INTO registration (center, driver, endpoint, contact, expires_at_us, data) VALUES ($1, $2, $3, $4, $5, $6)", 6);
        Recordings = new(connection, _center);
        _forget = Prepare("DELETE FROM registration WHERE center = $1 AND driver = $2 AND endpoint = $3 AND contact = $4", 4);
    }

    /// <summary>Those of recordings.</summary>
    public RecordingStatements Recordings { get; }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    public void Rollback() => _rollback.ExecuteNonQuery();

    /// <summary>Whether a commit waits until the disk has it, and all that was committed before. Not within a transaction.</summary>
    public void SyncOnCommit(bool sync) => (sync ? _full : _normal).ExecuteNonQuery();

    /// <summary>Changes a counter, so that a transaction that has nothing else to write is synced all the same.</summary>
    public void Touch() => _touch.ExecuteNonQuery();

    /// <summary>The newest epoch that anybody has begun; 0 when there is none.</summary>
    public long ReadEpoch() => (long?)_epoch.ExecuteScalar() ?? 0;

    public long BeginEpoch() => (long)_beginEpoch.ExecuteScalar()!;

    public long ReadLastPosition() => (long)_lastPosition.ExecuteScalar()!;

    public void Write(JournalEntry entry, string kind, string json)
    {
        Set(_entry, 1, entry.Position);
        Set(_entry, 2, entry.Stream);
        Set(_entry, 3, entry.Epoch);
        Set(_entry, 4, entry.Sequence);
        Set(_entry, 5, StoreTime.Microseconds(entry.At));
        Set(_entry, 6, kind);
        Set(_entry, 7, json);
        _entry.ExecuteNonQuery();
    }

    public void Write(Snapshot snapshot)
    {
        Set(_snapshot, 1, snapshot.Name);
        Set(_snapshot, 2, snapshot.Position);
        Set(_snapshot, 3, snapshot.Json);
        _snapshot.ExecuteNonQuery();
    }

    public void Write(RecordRow record)
    {
        Set(_record, 1, record.Interaction);
        Set(_record, 2, record.StartedAtMicroseconds);
        Set(_record, 3, record.IsOpen ? 1L : 0L);
        Set(_record, 4, record.Json);
        Set(_record, 5, record.Party);
        _record.ExecuteNonQuery();
    }

    public void WriteRecordPosition(long position)
    {
        Set(_recordPosition, 1, position);
        _recordPosition.ExecuteNonQuery();
    }

    public void Write(RegistrationBinding binding)
    {
        Set(_bind, 1, binding.Driver);
        Set(_bind, 2, binding.Endpoint.Value);
        Set(_bind, 3, binding.Contact);
        Set(_bind, 4, StoreTime.Microseconds(binding.ExpiresAt));
        Set(_bind, 5, binding.Data);
        _bind.ExecuteNonQuery();
    }

    public void Forget(string driver, EndpointId endpoint, string contact)
    {
        Set(_forget, 1, driver);
        Set(_forget, 2, endpoint.Value);
        Set(_forget, 3, contact);
        _forget.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Recordings.Dispose();
        _all.ForEach(command => command.Dispose());
    }

    private static string Upsert(string column, string first, string next) =>
        $"INSERT INTO center (center, {column}) VALUES ($1, {first}) ON CONFLICT (center) DO UPDATE SET {column} = {next}";

    private static void Set(SqliteCommand command, int index, object value) => command.Parameters[index].Value = value;

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = Prepare(_connection, _center, sql, parameters);
        _all.Add(command);
        return command;
    }

    /// <param name="connection">Where it will run.</param>
    /// <param name="center">The value of $1.</param>
    /// <param name="sql">Parameters are $1, $2 and so on.</param>
    /// <param name="parameters">How many.</param>
    public static SqliteCommand Prepare(SqliteConnection connection, string center, string sql, int parameters)
    {
#pragma warning disable CA2100 // The texts are constants, here and in RecordingStatements.
        var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter($"${i}", i == 1 ? center : ""));
        command.Prepare();
        return command;
    }
}

/// <summary>A call record as it is kept.</summary>
internal readonly record struct RecordRow(string Interaction, long StartedAtMicroseconds, bool IsOpen, string Json, string Party);

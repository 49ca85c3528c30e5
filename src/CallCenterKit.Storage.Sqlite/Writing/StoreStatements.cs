using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Every statement that writes, prepared once. Writer thread only.</summary>
internal sealed class StoreStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _all = [];
    private readonly Statement _begin, _commit, _rollback, _touch, _epoch, _beginEpoch, _lastPosition;
    private readonly Statement _entry, _snapshot, _record, _recordPosition, _bind, _forget;

    public StoreStatements(SqliteConnection connection, CenterId center)
    {
        Statement Prepare(string sql) => Prepared(connection, center, sql, _all);

        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _touch = Prepare(Upsert("syncs", "1", "syncs + 1"));
        _epoch = Prepare("SELECT epoch FROM center WHERE center = $1");
        _beginEpoch = Prepare(Upsert("epoch", "1", "epoch + 1") + " RETURNING epoch");
        _lastPosition = Prepare("SELECT ifnull(max(position), 0) FROM entry WHERE center = $1");
        _entry = Prepare("INSERT INTO entry (center, position, stream, epoch, sequence, at_us, kind, json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        _snapshot = Prepare("INSERT OR REPLACE INTO snapshot (center, name, position, json) VALUES ($1, $2, $3, $4)");
        _record = Prepare("INSERT OR REPLACE INTO call_record (center, interaction, started_at_us, open, json, party) VALUES ($1, $2, $3, $4, $5, $6)");
        _recordPosition = Prepare(Upsert("record_position", "$2", "excluded.record_position"));
        _bind = Prepare("INSERT OR REPLACE INTO registration (center, driver, endpoint, contact, expires_at_us, data) VALUES ($1, $2, $3, $4, $5, $6)");
        Recordings = new(connection, center, Json);
        _forget = Prepare("DELETE FROM registration WHERE center = $1 AND driver = $2 AND endpoint = $3 AND contact = $4");
    }

    /// <summary>Where whatever is written becomes JSON first.</summary>
    public JsonBuffer Json { get; } = new();

    /// <summary>Those of recordings.</summary>
    public RecordingStatements Recordings { get; }

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback() => _rollback.Run();

    /// <summary>Whether a commit waits until the disk has it, and all that was committed before. Not within a transaction.</summary>
    public void SyncOnCommit(bool sync)
    {
        // Acts when it is compiled, not when it runs (SQLite, "PRAGMA Statements"): a prepared one would act once.
        using var pragma = new Statement(_connection, sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        pragma.Run();
    }

    /// <summary>Changes a counter, so that a transaction that has nothing else to write is synced all the same.</summary>
    public void Touch() => _touch.Run();

    /// <summary>The newest epoch that anybody has begun; 0 when there is none.</summary>
    public long ReadEpoch() => _epoch.ReadNumber() ?? 0;

    public long BeginEpoch() => _beginEpoch.ReadNumber()!.Value;

    public long ReadLastPosition() => _lastPosition.ReadNumber()!.Value;

    /// <param name="entry">What happened.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="json">Its fields, UTF-8.</param>
    public void Write(JournalEntry entry, string kind, ReadOnlySpan<byte> json)
    {
        _entry.Bind(2, entry.Position);
        _entry.Bind(3, entry.Stream);
        _entry.Bind(4, entry.Epoch);
        _entry.Bind(5, entry.Sequence);
        _entry.Bind(6, StoreTime.Microseconds(entry.At));
        _entry.Bind(7, kind);
        _entry.Bind(8, json);
        _entry.Run();
    }

    public void Write(Snapshot snapshot)
    {
        _snapshot.Bind(2, snapshot.Name);
        _snapshot.Bind(3, snapshot.Position);
        _snapshot.Bind(4, snapshot.Json);
        _snapshot.Run();
    }

    public void Write(CallRecord record)
    {
        _record.Bind(2, record.Interaction.Text);
        _record.Bind(3, StoreTime.Microseconds(record.StartedAt));
        _record.Bind(4, record.IsOpen ? 1 : 0);
        _record.Bind(5, Json.Write(record));
        _record.Bind(6, record.Party.Text);
        _record.Run();
    }

    public void WriteRecordPosition(long position)
    {
        _recordPosition.Bind(2, position);
        _recordPosition.Run();
    }

    public void Write(RegistrationBinding binding)
    {
        _bind.Bind(2, binding.Driver);
        _bind.Bind(3, binding.Endpoint.Value);
        _bind.Bind(4, binding.Contact);
        _bind.Bind(5, StoreTime.Microseconds(binding.ExpiresAt));
        _bind.Bind(6, binding.Data);
        _bind.Run();
    }

    public void Forget(string driver, EndpointId endpoint, string contact)
    {
        _forget.Bind(2, driver);
        _forget.Bind(3, endpoint.Value);
        _forget.Bind(4, contact);
        _forget.Run();
    }

    public void Dispose()
    {
        Recordings.Dispose();
        Json.Dispose();
        _all.ForEach(statement => statement.Dispose());
    }

    private static string Upsert(string column, string first, string next) =>
        $"INSERT INTO center (center, {column}) VALUES ($1, {first}) ON CONFLICT (center) DO UPDATE SET {column} = {next}";

    /// <param name="connection">Where it will run.</param>
    /// <param name="center">The value of $1, if there is one.</param>
    /// <param name="sql">Parameters are $1, $2 and so on.</param>
    /// <param name="all">Takes it, to be disposed of.</param>
    public static Statement Prepared(SqliteConnection connection, CenterId center, string sql, List<Statement> all)
    {
        var statement = new Statement(connection, sql);
        all.Add(statement);
        if (sql.Contains("$1", StringComparison.Ordinal))
            statement.Bind(1, center.Value);
        return statement;
    }
}

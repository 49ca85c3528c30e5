using CallCenterKit.Storage.Sqlite.Writing;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite;

/// <summary>The file itself: opened, checked, brought to the present schema. Errors name it.</summary>
internal sealed class StoreFile
{
    private const long ApplicationId = 0x43434B31; // "CCK1"
    private const long SchemaVersion = 4;
    private const int NotADatabase = 26; // SQLITE_NOTADB

    /// <summary>Several centers may live in one file, so the center is the first key column of every table.</summary>
    private const string Schema =
        """
        CREATE TABLE center (
            center TEXT NOT NULL PRIMARY KEY,
            epoch INTEGER NOT NULL DEFAULT 0,
            record_position INTEGER NOT NULL DEFAULT 0,
            syncs INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        CREATE TABLE entry (
            center TEXT NOT NULL,
            position INTEGER NOT NULL,
            stream TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            at_us INTEGER NOT NULL,
            kind TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (center, position)
        ) WITHOUT ROWID;
        CREATE TABLE snapshot (
            center TEXT NOT NULL,
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (center, name)
        ) WITHOUT ROWID;
        CREATE TABLE call_record (
            center TEXT NOT NULL,
            interaction TEXT NOT NULL,
            started_at_us INTEGER NOT NULL,
            open INTEGER NOT NULL,
            json TEXT NOT NULL,
            party TEXT,
            PRIMARY KEY (center, interaction)
        ) WITHOUT ROWID;
        CREATE INDEX call_record_by_party ON call_record (center, party, started_at_us);
        CREATE INDEX call_record_by_start ON call_record (center, started_at_us);
        CREATE INDEX call_record_open ON call_record (center) WHERE open = 1;
        CREATE TABLE registration (
            center TEXT NOT NULL,
            driver TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            contact TEXT NOT NULL,
            expires_at_us INTEGER NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (center, driver, endpoint, contact)
        ) WITHOUT ROWID;
        """;

    /// <summary>What a file of the first schema lacks.</summary>
    private const string FromVersion1 = """
        ALTER TABLE call_record ADD COLUMN party TEXT;
        UPDATE call_record SET party = json_extract(json, '$.party');
        CREATE INDEX call_record_by_party ON call_record (center, party, started_at_us);
        """;

    private readonly string _writing;
    private readonly string _reading;
    private readonly long _lockTimeoutMilliseconds;

    public StoreFile(SqliteStoreOptions options)
    {
        Path = System.IO.Path.GetFullPath(options.File);
        _lockTimeoutMilliseconds = (long)options.LockTimeout.TotalMilliseconds;
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 1, // The driver's own retry sleeps; SQLite's busy handler below does the waiting.
        };
        _writing = text.ToString();
        text.Mode = SqliteOpenMode.ReadOnly;
        text.Pooling = true;
        _reading = text.ToString();
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The one connection that writes. Makes folder, file and tables when they are missing.</summary>
    /// <exception cref="IOException">It cannot be opened or written.</exception>
    /// <exception cref="InvalidDataException">It is something else, or of a newer schema.</exception>
    public SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection(_writing);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            if (fault is SqliteException { SqliteErrorCode: NotADatabase })
                throw new InvalidDataException($"'{Path}' is not a SQLite database.", fault);
            if (fault is SqliteException or UnauthorizedAccessException or IOException)
                throw new IOException($"The store '{Path}' cannot be opened: {fault.Message}", fault);
            throw;
        }
    }

    /// <summary>A pooled connection for one read; sees what was committed before.</summary>
    public SqliteConnection OpenForReading()
    {
        var connection = new SqliteConnection(_reading);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes idle connections, so that the file is free.</summary>
    public void ReleaseReaders()
    {
        using var any = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(any);
    }

    private void Prepare(SqliteConnection connection)
    {
        Execute(connection, $"PRAGMA busy_timeout = {_lockTimeoutMilliseconds}");
        CheckOwner(connection);
        if (Text(connection, "PRAGMA journal_mode = WAL") is var mode and not "wal")
            throw new IOException($"its journal mode stays '{mode}'; write-ahead logging needs a local disk.");
        Execute(connection, "PRAGMA synchronous = NORMAL");
        Execute(connection, "BEGIN IMMEDIATE");
        var version = Number(connection, "PRAGMA user_version");
        if (version == 1)
            Execute(connection, FromVersion1);
        if (version is 1 or 2)
            AddRecordings(connection);
        if (version == 3)
            Execute(connection, $"{RecordingSchema.FromVersion3}PRAGMA user_version = {SchemaVersion};");
        if (version == 0)
            Execute(connection, $"{Schema}{RecordingSchema.Tables}PRAGMA application_id = {ApplicationId};PRAGMA user_version = {SchemaVersion};");
        Execute(connection, "COMMIT");
    }

    /// <summary>What a file of the first and the second schema lacks.</summary>
    private static void AddRecordings(SqliteConnection connection)
    {
        Execute(connection, RecordingSchema.Tables);
        RecordingBackfill.Run(connection);
        Execute(connection, $"PRAGMA user_version = {SchemaVersion}");
    }

    private void CheckOwner(SqliteConnection connection)
    {
        var isEmpty = Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new InvalidDataException($"'{Path}' is a SQLite database of another program.");
        var version = Number(connection, "PRAGMA user_version");
        if (version > SchemaVersion)
            throw new InvalidDataException(
                $"The store '{Path}' has schema version {version}; this build knows versions up to {SchemaVersion}. Use a newer build, or another file.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string? Text(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return (string?)command.ExecuteScalar();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }
}

using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Storage.Sqlite;

/// <summary>Where a <see cref="SqliteStore"/> lies and how soon it is safe. Read once, when the store is made.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The database file; a relative path starts at the working directory. Its folder is made when it is missing.</summary>
    /// <remarks>"-wal" and "-shm" files stand beside it while it is open. Not on a network share: SQLite's locks do not hold there.</remarks>
    [Required, MinLength(1)]
    public string File { get; set; } = "callcenter.db";

    /// <summary>
    /// How long after it was written something may still be lost with the machine's power: 0 to 1 min. Zero syncs every
    /// transaction before it counts as written. The death of the process alone loses nothing that was written.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SyncWithin { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after a failed write it is tried again: 10 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a write waits for another process that holds the file's lock, before it counts as failed: 0 to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

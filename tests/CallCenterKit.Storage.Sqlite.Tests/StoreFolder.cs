using CallCenterKit.Journal;
using CallCenterKit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Storage.Sqlite;

/// <summary>A folder of its own for one test, with stores in it. Disposed, both are gone.</summary>
internal sealed class StoreFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("callcenterkit-");
    private readonly List<SqliteStore> _stores = [];

    public string Path => _folder.FullName;

    public VirtualTimeProvider Time { get; } = new();

    public string File(string name = "center.db") => System.IO.Path.Combine(Path, name);

    public SqliteStore Store(
        string name = "center.db", string center = "main", EventCatalog? catalog = null, TimeSpan? syncWithin = null, ILogger? logger = null)
    {
        var options = new SqliteStoreOptions { File = File(name), SyncWithin = syncWithin ?? TimeSpan.FromMilliseconds(100) };
        var store = new SqliteStore(options, new(center), catalog ?? EventCatalog.Core, Time, logger ?? NullLogger.Instance);
        _stores.Add(store);
        return store;
    }

    /// <summary>What another program would do to the file.</summary>
    public void Execute(string sql, string name = "center.db")
    {
        using var connection = new SqliteConnection($"Data Source={File(name)};Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // The texts are the tests' own.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>What a killed process would leave: the files as they are now, under another name.</summary>
    public void CopyAsKilled(string name, string copy)
    {
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (System.IO.File.Exists(File(name) + suffix))
                System.IO.File.Copy(File(name) + suffix, File(copy) + suffix);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using CallCenterKit.Shared.Journal;
using CallCenterKit.Shared.Recordings;
using CallCenterKit.Shared.Records;
using CallCenterKit.Shared.Registrations;

namespace CallCenterKit.Storage.Sqlite;

public sealed class SqliteJournalTests : EventJournalContract, IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    protected override IEventJournal Journal => Store;

    private SqliteStore Store => field ??= _folder.Store();

    public ValueTask InitializeAsync() => Store.OpenAsync(default);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteSnapshotTests : SnapshotStoreContract, IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    protected override ISnapshotStore Store => Sqlite;

    private SqliteStore Sqlite => field ??= _folder.Store();

    public ValueTask InitializeAsync() => Sqlite.OpenAsync(default);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteCallRecordTests : CallRecordStoreContract, IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    protected override ICallRecordStore Store => Sqlite;

    private SqliteStore Sqlite => field ??= _folder.Store();

    public ValueTask InitializeAsync() => Sqlite.OpenAsync(default);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteRecordingTests : RecordingStoreContract, IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    protected override IRecordingStore Store => Sqlite;

    private SqliteStore Sqlite => field ??= _folder.Store();

    public ValueTask InitializeAsync() => Sqlite.OpenAsync(default);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteRegistrationTests : RegistrationStoreContract, IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    protected override IRegistrationStore Store => Sqlite;

    private SqliteStore Sqlite => field ??= _folder.Store();

    public ValueTask InitializeAsync() => Sqlite.OpenAsync(default);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

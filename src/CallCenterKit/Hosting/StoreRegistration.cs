using CallCenterKit.Configuration;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using CallCenterKit.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Registers where things are remembered: in SQLite when a file is named, else in memory.</summary>
internal static class StoreRegistration
{
    public static void AddStores(this IServiceCollection services)
    {
        services.TryAddSingleton<InMemoryJournal>();
        services.TryAddSingleton<InMemoryCallRecordStore>();
        services.TryAddSingleton<InMemoryRecordingStore>();
        services.TryAddSingleton<InMemoryRegistrationStore>();
        services.TryAddSingleton(CreateSqlite);
        services.TryAddSingleton(Choose<IEventJournal, InMemoryJournal>);
        services.TryAddSingleton(Choose<ISnapshotStore, InMemoryJournal>);
        services.TryAddSingleton(Choose<ICallRecordStore, InMemoryCallRecordStore>);
        services.TryAddSingleton(Choose<IRecordingStore, InMemoryRecordingStore>);
        services.TryAddSingleton(Choose<IRegistrationStore, InMemoryRegistrationStore>);
    }

    private static TPort Choose<TPort, TInMemory>(IServiceProvider provider)
        where TPort : class
        where TInMemory : class, TPort =>
        Options(provider).Storage.File is null
            ? provider.GetRequiredService<TInMemory>()
            : (TPort)(object)provider.GetRequiredService<SqliteStore>();

    private static SqliteStore CreateSqlite(IServiceProvider provider) => new(
        new() { File = Options(provider).Storage.File ?? throw new InvalidOperationException("No SQLite file is configured.") },
        new(Options(provider).Center),
        EventCatalog.Core,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SqliteStore>>());

    private static CallCenterOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<CallCenterOptions>>().Value;
}

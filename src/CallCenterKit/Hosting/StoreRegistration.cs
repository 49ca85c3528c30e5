using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenterKit.Hosting;

/// <summary>Registers where things are remembered.</summary>
internal static class StoreRegistration
{
    public static void AddStores(this IServiceCollection services)
    {
        services.TryAddSingleton<InMemoryJournal>();
        services.TryAddSingleton<IEventJournal>(provider => provider.GetRequiredService<InMemoryJournal>());
        services.TryAddSingleton<ISnapshotStore>(provider => provider.GetRequiredService<InMemoryJournal>());
        services.TryAddSingleton<ICallRecordStore, InMemoryCallRecordStore>();
        services.TryAddSingleton<IRegistrationStore, InMemoryRegistrationStore>();
    }
}

using CallCenterKit;
using CallCenterKit.Configuration;
using CallCenterKit.Contacts;
using CallCenterKit.Flows;
using CallCenterKit.Hosting;
using CallCenterKit.Metrics;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a call center to a host.</summary>
public static class CallCenterServiceCollectionExtensions
{
    /// <summary>Adds a call center that starts and stops with the host.</summary>
    /// <remarks>
    /// Options come from the section "CallCenter" of the configuration and then from <paramref name="configure"/>, which
    /// wins. They are checked as a whole when the host starts. Any port (journal, stores, contacts, telephony, clock) that
    /// is registered already is kept.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what the call center consists of.</param>
    public static IServiceCollection AddCallCenter(this IServiceCollection services, Action<CallCenterBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<CallCenterOptions>().BindConfiguration(CallCenterOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CallCenterOptions>, CallCenterOptionsValidator>());
        foreach (var strategy in BuiltInStrategies.All)
            services.TryAddEnumerable(ServiceDescriptor.Singleton(strategy));
        configure(new(services));
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(RunningWork.Uncounted);
        services.TryAddSingleton<IIdSource, IdSource>();
        services.TryAddSingleton<IContactStore, InMemoryContactStore>();
        services.AddStores();
        services.AddRecordings();
        services.AddVoice();
        services.AddSpeech();
        services.TryAddSingleton<ConfiguredFlows>();
        services.TryAddSingleton<SetupFactory>();
        services.TryAddSingleton<LiveOptions>();
        services.TryAddSingleton<CenterAssembly>();
        services.AddFigures();
        services.TryAddSingleton(provider => new CallCenter(
            provider.GetRequiredService<ICallRecordStore>(), provider.GetRequiredService<RecordingArchive>(), provider.GetRequiredService<LiveFigures>(), provider.GetRequiredService<LiveOptions>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CallCenterService>());
        return services;
    }
}

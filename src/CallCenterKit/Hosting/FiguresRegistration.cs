using System.Diagnostics.Metrics;
using CallCenterKit.Configuration;
using CallCenterKit.Journal;
using CallCenterKit.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Registers what is computed from the stream of events.</summary>
internal static class FiguresRegistration
{
    public static void AddFigures(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<LiveFigures>();
        services.TryAddSingleton(CreateMeter);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, LiveFigures>(provider => provider.GetRequiredService<LiveFigures>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, CallCenterMeter>(provider => provider.GetRequiredService<CallCenterMeter>()));
    }

    private static CallCenterMeter CreateMeter(IServiceProvider provider) => new(
        provider.GetRequiredService<IMeterFactory>(),
        new(provider.GetRequiredService<IOptions<CallCenterOptions>>().Value.Center),
        () => provider.GetRequiredService<CallCenter>().BoardIfRunning,
        () => provider.GetRequiredService<CallCenter>().PhonesIfRunning);
}

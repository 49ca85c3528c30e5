using CallCenterKit.Configuration;
using CallCenterKit.Media.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Registers what carries voice.</summary>
internal static class VoiceRegistration
{
    public static void AddVoice(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new MediaEngine(
            provider.GetRequiredService<IOptions<CallCenterOptions>>().Value.Media,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MediaEngine>>(),
            provider.GetService<IRtpTransportFactory>()));
    }
}

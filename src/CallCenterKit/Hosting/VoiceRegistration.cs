using System.Diagnostics.Metrics;
using CallCenterKit.Configuration;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Recording;
using CallCenterKit.Registrations;
using CallCenterKit.Sip;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Registers what carries voice: SIP over the media engine, unless the host brings drivers of its own.</summary>
internal static class VoiceRegistration
{
    public static void AddVoice(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new MediaEngine(
            provider.GetRequiredService<IOptions<CallCenterOptions>>().Value.Media,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MediaEngine>>(),
            provider.GetService<IRtpTransportFactory>(),
            provider.GetService<IRecordingAlarm>()));
        services.TryAddSingleton(CreateSip);
        services.TryAddSingleton<ITelephony>(provider => provider.GetRequiredService<SipTelephony>());
    }

    private static SipTelephony CreateSip(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<CallCenterOptions>>().Value;
        var root = provider.GetRequiredService<IHostEnvironment>().ContentRootPath;
        foreach (var (number, extension) in options.Extensions)
            options.Sip.Accounts.Add(new() { Endpoint = number, Password = Secrets.PasswordOf(extension, root), Contact = extension.Contact, Srtp = extension.Srtp });
        foreach (var number in options.EmergencyNumbers)
            options.Sip.EmergencyNumbers.Add(number);
        foreach (var trunk in options.Sip.Trunks)
            trunk.Password = Secrets.PasswordOf(trunk, root);
        var environment = new SipEnvironment(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IIdSource>())
        {
            Work = provider.GetRequiredService<IRunningWork>(),
            Loggers = provider.GetRequiredService<ILoggerFactory>(),
            Meters = provider.GetService<IMeterFactory>(),
            Resolver = provider.GetService<ISipResolver>(),
        };
        return new(options.Sip, provider.GetRequiredService<MediaEngine>(), provider.GetRequiredService<IRegistrationStore>(), environment, provider.GetService<ISipTransportFactory>());
    }
}

using CallCenterKit.Ivr.Speaking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenterKit.Hosting;

/// <summary>Registers the languages and the engines that this package brings; a host adds its own, or one of these with other voices.</summary>
internal static class SpeechRegistration
{
    public static void AddSpeech(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<SpokenLanguage, SpokenEnglish>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<SpokenLanguage, SpokenLithuanian>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITextToSpeech, EspeakSpeech>(_ => new()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITextToSpeech, FliteSpeech>(_ => new()));
    }
}

using CallCenterKit.Configuration;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Registers what keeps recordings: audio in a folder, unless the host brings a port of its own.</summary>
internal static class RecordingRegistration
{
    public static void AddRecordings(this IServiceCollection services)
    {
        services.TryAddSingleton<IRecordingFiles>(provider =>
            new RecordingFolder(Path.GetFullPath(Options(provider).Recording.Folder), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new RecordingArchive(
            provider.GetRequiredService<IRecordingStore>(),
            provider.GetRequiredService<IRecordingFiles>(),
            provider.GetRequiredService<ICallRecordStore>(),
            Options(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("CallCenterKit.Recordings")));
    }

    private static CallCenterOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<CallCenterOptions>>().Value;
}

using System.Globalization;
using CallCenterKit.Conversations;
using CallCenterKit.Events;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Hosting;

/// <summary>What everything inside one running center shares.</summary>
internal sealed class CenterServices
{
    public required CallCenterModel Model { get; init; }

    public required EventStream Events { get; init; }

    public required IEventJournal Journal { get; init; }

    public required IReadOnlyList<ITelephony> Drivers { get; init; }

    public required IIdSource Ids { get; init; }

    public required TimeProvider Time { get; init; }

    public required IRunningWork Work { get; init; }

    public required ILogger Logger { get; init; }

    public required string RecordingFolder { get; init; }

    /// <summary>Cancelled when flows must end because the center stops.</summary>
    public required CancellationToken Stopping { get; init; }

    public string? MusicOnHold { get; init; }

    public string? ConfirmPrompt { get; init; }

    /// <summary>Set once, before the first call can arrive.</summary>
    public RoutingLoop Routing { get; set; } = null!;

    public Clock Clock() => new(Time);

    /// <summary>A writer of one stream of events.</summary>
    public JournalWriter OpenJournal(string stream) => new(Events.OpenWriter(stream), Clock(), Logger);

    public ITelephony DriverOf(ICall call) => Drivers.First(driver => driver.Name == call.Driver);

    /// <summary>One interaction may be recorded more than once: after a survey, with the next agent.</summary>
    public RecordingOrder NewRecording(InteractionId interaction)
    {
        var id = new RecordingId(Ids.Next());
        return new(id, Path.Combine(Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{interaction}-{id}.wav"));
    }

    public string RecordingPath(string file) => Path.Combine(RecordingFolder, file);
}

using System.Diagnostics;
using CallCenterKit.Voice;

namespace CallCenterKit.Recordings;

/// <summary>How much room recordings take.</summary>
/// <param name="CallsPerDay">Calls that are recorded, 0 or more.</param>
/// <param name="MeanLength">How long each is recorded on average.</param>
/// <param name="DaysKept">How many days they are kept, 0 or more.</param>
public sealed record RecordingPlan(int CallsPerDay, TimeSpan MeanLength, int DaysKept)
{
    /// <summary>How the files keep the samples.</summary>
    public RecordingFormat Format { get; init; }

    /// <summary>Whether both sides are kept apart.</summary>
    public RecordingChannels Channels { get; init; }

    /// <summary>Samples of one channel in a second: 8,000 for calls in G.711, 16,000 for those in G.722.</summary>
    public int SampleRateHz { get; init; } = 8000;

    /// <summary>What one recording grows by in a second.</summary>
    public long BytesPerSecond => (long)SampleRateHz
        * (Format switch { RecordingFormat.WavPcm16 => 2, RecordingFormat.WavMuLaw => 1, _ => throw new UnreachableException() })
        * (Channels == RecordingChannels.Stereo ? 2 : 1);

    /// <summary>What all of them take once the oldest are erased as new ones come; headers, 44 to 58 bytes each, are left out.</summary>
    public long Bytes => (long)((Int128)BytesPerSecond * CallsPerDay * DaysKept * MeanLength.Ticks / TimeSpan.TicksPerSecond);
}

using System.Globalization;
using CallCenterKit.Records;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Tests.Interop;

namespace CallCenterKit.Tests.Recordings;

/// <summary>What is heard on a recording, second by second, and what the record says of it.</summary>
internal sealed class Tape(TestCenter center, RecordingRecord recording)
{
    public const int Customer = 0; // left: what the customer says
    public const int Heard = 1; // right: what the customer hears

    private readonly WavSamples _wav = WavSamples.Read(Path.Combine(center.RecordingFolder, recording.File));

    public TimeSpan Length => _wav.Length;

    /// <summary>The segments as text: "0 Talk alice", offsets in whole seconds.</summary>
    public IEnumerable<string> Segments => recording.Segments.Select(segment => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Round(segment.Offset.TotalSeconds)} {segment.Kind}{string.Concat(segment.Agents.Select(agent => $" {agent}"))}{(segment.By is { } by ? $" by {by}" : "")}"));

    /// <summary>The tone is heard between two seconds, the other is not.</summary>
    public void Holds(int channel, double heard, double not, double from, double to)
    {
        Assert.True(Level(channel, heard, from, to) > -20, $"{heard} Hz is at {Level(channel, heard, from, to)} dB from {from} s to {to} s.");
        Assert.True(Level(channel, not, from, to) < -45, $"{not} Hz is at {Level(channel, not, from, to)} dB from {from} s to {to} s.");
    }

    /// <summary>Both channels are at least 60 dB under what a voice is here (-10 dB).</summary>
    public void IsSilent(double from, double to)
    {
        foreach (var channel in new[] { Customer, Heard })
        {
            var samples = Between(channel, from, to);
            Assert.NotEqual(0, samples.Length);
            Assert.True(samples.IndexOfAnyExceptInRange((short)-10, (short)10) < 0, $"Something is heard on channel {channel} from {from} s to {to} s.");
        }
    }

    private double Level(int channel, double hz, double from, double to) => Tones.LevelDb(Between(channel, from, to), _wav.SampleRateHz, hz);

    private ReadOnlySpan<short> Between(int channel, double from, double to) => _wav.Between(channel, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
}

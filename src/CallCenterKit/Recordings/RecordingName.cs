using System.Buffers.Binary;
using System.Globalization;

namespace CallCenterKit.Recordings;

/// <summary>How the file of a recording is called: its day, its interaction and itself, so that a file alone says whose it is.</summary>
internal static class RecordingName
{
    private const int Version7 = 7; // RFC 9562 §5.7

    public static string Of(InteractionId interaction, RecordingId recording, DateTimeOffset at) =>
        Path.Combine(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{interaction}-{recording}.wav");

    /// <summary>Reads the name of a file; false when it is none of ours.</summary>
    public static bool TryRead(string file, out InteractionId interaction, out RecordingId recording)
    {
        recording = default;
        interaction = default;
        return Path.GetFileNameWithoutExtension(file).Split('-') is [var of, var which]
            && InteractionId.TryFrom(of, out interaction)
            && RecordingId.TryFrom(which, out recording)
            && BornAt(recording) is not null;
    }

    /// <summary>When the id was made, to the millisecond; null when it holds no time.</summary>
    public static DateTimeOffset? BornAt(RecordingId recording)
    {
        if (recording.Value.Version != Version7)
            return null;
        Span<byte> bytes = stackalloc byte[16];
        recording.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16);
    }
}

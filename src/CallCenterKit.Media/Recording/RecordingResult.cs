namespace CallCenterKit.Media.Recording;

/// <summary>What a recording came to.</summary>
/// <param name="Path">The file; a valid one also after a fault, if it could be made at all.</param>
/// <param name="Duration">How much audio it holds.</param>
/// <param name="DroppedPackets">Packets that could not be kept because the disk was too slow; silence stands in their place.</param>
/// <param name="Fault">The disk's error that ended it early; null if none did.</param>
public sealed record RecordingResult(string Path, TimeSpan Duration, long DroppedPackets, Exception? Fault)
{
    /// <summary>SHA-256 of the finished file, 64 lower-case hexadecimal digits; null where a fault left no file that can be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the finished file; 0 where a fault left none.</summary>
    public long Bytes { get; init; }
}

namespace CallCenterKit.Media.Recording;

/// <summary>What a recording came to.</summary>
/// <param name="Path">The file; a valid WAV file also after a fault.</param>
/// <param name="Duration">How much audio it holds.</param>
/// <param name="DroppedPackets">Packets that could not be kept because the disk was too slow; silence stands in their place.</param>
/// <param name="Fault">The disk's error that ended it early; null if none did.</param>
public sealed record RecordingResult(string Path, TimeSpan Duration, long DroppedPackets, Exception? Fault);

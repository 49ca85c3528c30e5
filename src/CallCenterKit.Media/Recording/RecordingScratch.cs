namespace CallCenterKit.Media.Recording;

/// <summary>Work space of a writer's thread.</summary>
internal sealed class RecordingScratch
{
    public short[] Decoded { get; } = new short[8192];

    /// <summary>A packet behind the longest hole, at whatever rate.</summary>
    public short[] Converted { get; } = new short[24576];

    /// <summary>Frames on their way to the file.</summary>
    public short[] Frames { get; } = new short[8192];
}

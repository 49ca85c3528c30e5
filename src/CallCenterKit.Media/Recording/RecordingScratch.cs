namespace CallCenterKit.Media.Recording;

/// <summary>Work space of the writer's thread.</summary>
internal sealed class RecordingScratch
{
    public byte[] Payload { get; } = new byte[2048];

    public short[] Decoded { get; } = new short[8192];

    public short[] Converted { get; } = new short[8192];
}

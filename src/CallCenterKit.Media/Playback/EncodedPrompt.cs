namespace CallCenterKit.Media.Playback;

/// <summary>A piece of sound as payloads of equal length, ready to be sent.</summary>
internal sealed class EncodedPrompt(byte[] payloads, int frames)
{
    private readonly int _frameBytes = frames == 0 ? 0 : payloads.Length / frames;

    public ReadOnlySpan<byte> Frame(int index) => payloads.AsSpan(index * _frameBytes, _frameBytes);
}

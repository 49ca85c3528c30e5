namespace CallCenterKit.Media.Codecs;

/// <summary>Turns linear PCM of one stream into payloads. One thread at a time; never allocates per frame.</summary>
public abstract class AudioEncoder : IDisposable
{
    /// <summary>Encodes one frame.</summary>
    /// <param name="pcm">16-bit mono samples at <see cref="AudioCodec.SampleRateHz"/>.</param>
    /// <param name="payload">Receives the payload; room for two bytes per sample always suffices.</param>
    /// <returns>Bytes written.</returns>
    public abstract int Encode(ReadOnlySpan<short> pcm, Span<byte> payload);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a coder holds outside managed memory.</summary>
    /// <param name="disposing">False on the finalizer's thread.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

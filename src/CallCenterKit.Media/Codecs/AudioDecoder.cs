namespace CallCenterKit.Media.Codecs;

/// <summary>Turns payloads of one stream into linear PCM. One thread at a time; never allocates per frame.</summary>
public abstract class AudioDecoder : IDisposable
{
    /// <summary>Decodes one payload, whatever it holds.</summary>
    /// <param name="payload">As received; a malformed payload yields fewer samples or none.</param>
    /// <param name="pcm">Receives 16-bit mono samples at <see cref="AudioCodec.SampleRateHz"/>; what does not fit is left out.</param>
    /// <returns>Samples written.</returns>
    public abstract int Decode(ReadOnlySpan<byte> payload, Span<short> pcm);

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

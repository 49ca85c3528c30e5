namespace CallCenterKit.Media.Codecs;

/// <summary>An audio format as SDP names it, and the maker of its coders. Immutable; any thread may read it.</summary>
/// <remarks>One instance stands for one format: two legs have the same format exactly when they hold the same instance.</remarks>
public abstract class AudioCodec
{
    /// <summary>The encoding name of the <c>rtpmap</c> line, such as <c>PCMU</c>; compared without regard to case.</summary>
    public abstract string Name { get; }

    /// <summary>The number RFC 3551 §6 fixes for the format; null when each session chooses one from 96 to 127.</summary>
    public abstract int? StaticPayloadType { get; }

    /// <summary>Samples per second of the linear PCM side.</summary>
    public abstract int SampleRateHz { get; }

    /// <summary>Ticks per second of the RTP timestamp; differs from <see cref="SampleRateHz"/> for G.722 (RFC 3551 §4.5.2).</summary>
    public abstract int RtpClockRateHz { get; }

    /// <summary>Makes an encoder for one stream.</summary>
    public abstract AudioEncoder CreateEncoder();

    /// <summary>Makes a decoder for one stream.</summary>
    public abstract AudioDecoder CreateDecoder();

    /// <summary>Makes a payload of silence that may follow anything, itself included: idle legs send it over and over.</summary>
    /// <param name="samples">At <see cref="SampleRateHz"/>.</param>
    /// <param name="payload">Receives the payload; room for two bytes per sample always suffices.</param>
    /// <returns>Bytes written.</returns>
    /// <remarks>Unless overridden it is what a new encoder makes of silence, which suits formats without a memory.</remarks>
    public virtual int EncodeSilence(int samples, Span<byte> payload)
    {
        using var encoder = CreateEncoder();
        return encoder.Encode(new short[samples], payload);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}/{RtpClockRateHz}";
}

using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Codecs.Interop;

/// <summary>G.722 bit for bit as ffmpeg codes it, both ways.</summary>
public sealed class G722ProgramsTests : IDisposable
{
    private readonly OtherProgram _other = new();

    public static TheoryData<string> Signals { get; } = [.. WideSignals.Names];

    public void Dispose() => _other.Dispose();

    [Theory]
    [MemberData(nameof(Signals))]
    public void Each_signal_is_encoded_as_ffmpeg_does(string signal)
    {
        var pcm = WideSignals.Make(signal);
        Assert.Equal(_other.Ffmpeg(OtherProgram.Bytes(pcm), "-f s16le -ar 16000 -ac 1", "-c:a g722 -f g722"), Encode(pcm));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Each_signal_is_decoded_as_ffmpeg_does(string signal)
    {
        var payload = Encode(WideSignals.Make(signal));
        Assert.Equal(OtherProgram.Samples(_other.Ffmpeg(payload, "-f g722", "-f s16le")), Decode(payload));
    }

    [Fact]
    public void Bytes_that_no_encoder_made_are_decoded_as_ffmpeg_does()
    {
        var payload = new byte[160_000];
        new Random(3).NextBytes(payload);
        byte[] runs = [.. payload, .. Enumerable.Range(0, 256).SelectMany(code => Enumerable.Repeat((byte)code, 200))];
        Assert.Equal(OtherProgram.Samples(_other.Ffmpeg(runs, "-f g722", "-f s16le")), Decode(runs));
    }

    private static byte[] Encode(short[] pcm)
    {
        using var encoder = AudioCodecs.G722.CreateEncoder();
        var payload = new byte[pcm.Length / 2];
        Assert.Equal(payload.Length, encoder.Encode(pcm, payload));
        return payload;
    }

    private static short[] Decode(byte[] payload)
    {
        using var decoder = AudioCodecs.G722.CreateDecoder();
        var pcm = new short[2 * payload.Length];
        Assert.Equal(pcm.Length, decoder.Decode(payload, pcm));
        return pcm;
    }
}

using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Codecs.Interop;

/// <summary>All 256 codes of both laws are what other programs take them for.</summary>
public sealed class G711ProgramsTests : IDisposable
{
    private readonly OtherProgram _other = new();

    private static byte[] AllCodes { get; } = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];

    public void Dispose() => _other.Dispose();

    [Fact]
    public void A_law_is_decoded_as_ffmpeg_does() =>
        Assert.Equal(DecodeALaw(), OtherProgram.Samples(_other.Ffmpeg(AllCodes, "-f alaw -ar 8000 -ac 1", "-f s16le")));

    [Fact]
    public void Mu_law_is_decoded_as_ffmpeg_does() =>
        Assert.Equal(DecodeMuLaw(), OtherProgram.Samples(_other.Ffmpeg(AllCodes, "-f mulaw -ar 8000 -ac 1", "-f s16le")));

    [Fact]
    public void A_law_is_decoded_as_sox_does() =>
        Assert.Equal(DecodeALaw(), OtherProgram.Samples(_other.Sox(AllCodes, "-t raw -e a-law -b 8 -r 8000 -c 1", "-t raw -e signed-integer -b 16 -L")));

    [Fact]
    public void Mu_law_is_decoded_as_sox_does() =>
        Assert.Equal(DecodeMuLaw(), OtherProgram.Samples(_other.Sox(AllCodes, "-t raw -e mu-law -b 8 -r 8000 -c 1", "-t raw -e signed-integer -b 16 -L")));

    private static short[] DecodeALaw()
    {
        var pcm = new short[256];
        Assert.Equal(256, G711.DecodeALaw(AllCodes, pcm));
        return pcm;
    }

    private static short[] DecodeMuLaw()
    {
        var pcm = new short[256];
        Assert.Equal(256, G711.DecodeMuLaw(AllCodes, pcm));
        return pcm;
    }
}

using CallCenterKit.Media.Wav;

namespace CallCenterKit.Tests.Hosting;

/// <summary>Everybody and everything has a tone of its own, in Hz, so that it can be told who is heard.</summary>
internal static class Sounds
{
    public const double Menu = 500;
    public const double Music = 600;
    public const double Hold = 800;
    public const double Confirm = 900;
    public const double Customer = 400;
    public const double Alice = 1000;
    public const double Bob = 1300;

    /// <summary>Writes the prompts of a center into a folder.</summary>
    public static void Write(string folder)
    {
        Write(Path.Combine(folder, "menu.wav"), Menu);
        Write(Path.Combine(folder, "music.wav"), Music);
        Write(Path.Combine(folder, "hold.wav"), Hold);
        Write(Path.Combine(folder, "confirm.wav"), Confirm);
    }

    private static void Write(string path, double frequencyHz)
    {
        var second = new short[WavReader.SampleRateHz];
        for (var i = 0; i < second.Length; i++)
            second[i] = (short)(8000 * Math.Sin(2 * Math.PI * frequencyHz * i / WavReader.SampleRateHz));
        using var wav = WavWriter.Create(path, channels: 1);
        wav.Append(second);
    }
}

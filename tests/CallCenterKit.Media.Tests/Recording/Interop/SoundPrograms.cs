using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CallCenterKit.Media.Tests.Recording.Interop;

/// <summary>sox and ffmpeg; a test is skipped where they are missing, or fails with CALLCENTERKIT_REQUIRE_INTEROP=1.</summary>
internal static class SoundPrograms
{
    /// <summary>Opens a file in both, to its end.</summary>
    /// <returns>Its length as both see it.</returns>
    public static TimeSpan Open(string path)
    {
        Assert.Equal("", Run("sox", path, "-n", "trim", "0"));
        Assert.Equal("", Run("ffmpeg", "-v", "warning", "-guess_layout_max", "0", "-i", path, "-f", "null", "-"));
        var sox = Seconds(Run("sox", "--info", "-D", path));
        var ffmpeg = Seconds(Run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path));
        Assert.Equal(sox, ffmpeg, tolerance: 0.001);
        return TimeSpan.FromSeconds(sox);
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <returns>What it wrote.</returns>
    public static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program}: {output}");
            return output.Trim();
        }
        catch (Win32Exception)
        {
            if (Environment.GetEnvironmentVariable("CALLCENTERKIT_REQUIRE_INTEROP") == "1")
                Assert.Fail($"{program} is not installed.");
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

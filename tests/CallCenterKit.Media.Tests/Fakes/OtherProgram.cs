using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Runs a program of somebody else's on files of a folder that goes with the test.</summary>
internal sealed class OtherProgram : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("other-program").FullName;

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Runs it to its end. One that is missing skips the test; with CALLCENTERKIT_REQUIRE_INTEROP=1 it fails it, so that a build
    /// server never passes by skipping.
    /// </summary>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program}: {errors.GetAwaiter().GetResult()}");
            return output.Trim();
        }
        catch (Win32Exception)
        {
            SkipMissing(program);
            throw;
        }
    }

    /// <summary>Skips the test, or fails it where the program is demanded; for those that start it themselves.</summary>
    public static void SkipMissing(string program)
    {
        if (Environment.GetEnvironmentVariable("CALLCENTERKIT_REQUIRE_INTEROP") == "1")
            Assert.Fail($"{program} is not installed.");
        Assert.Skip($"{program} is not installed.");
    }

    /// <summary>Lets ffmpeg make one raw file of another.</summary>
    /// <param name="input">Contents of the file it reads.</param>
    /// <param name="from">Options in front of the input, such as "-f alaw -ar 8000".</param>
    /// <param name="to">Options in front of the output.</param>
    public byte[] Ffmpeg(byte[] input, string from, string to)
    {
        System.IO.File.WriteAllBytes(File("in.raw"), input);
        Run("ffmpeg", ["-nostdin", "-v", "error", "-y", .. from.Split(' '), "-i", File("in.raw"), .. to.Split(' '), File("out.raw")]);
        return System.IO.File.ReadAllBytes(File("out.raw"));
    }

    /// <summary>Lets sox make one raw file of another, without dither.</summary>
    /// <param name="input">Contents of the file it reads.</param>
    /// <param name="from">Options of the input, such as "-t raw -e a-law -b 8 -r 8000 -c 1".</param>
    /// <param name="to">Options of the output.</param>
    public byte[] Sox(byte[] input, string from, string to)
    {
        System.IO.File.WriteAllBytes(File("in.raw"), input);
        Run("sox", ["-D", .. from.Split(' '), File("in.raw"), .. to.Split(' '), File("out.raw")]);
        return System.IO.File.ReadAllBytes(File("out.raw"));
    }

    public static byte[] Bytes(ReadOnlySpan<short> pcm)
    {
        var bytes = new byte[2 * pcm.Length];
        for (var i = 0; i < pcm.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), pcm[i]);
        return bytes;
    }

    public static short[] Samples(ReadOnlySpan<byte> bytes)
    {
        var pcm = MemoryMarshal.Cast<byte, short>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(pcm, pcm);
        return pcm;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

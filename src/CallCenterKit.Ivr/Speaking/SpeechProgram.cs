using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Runs an engine that is a program of the machine. No shell takes part, and no text stands on its command line.</summary>
internal static class SpeechProgram
{
    private const int MostErrorCharacters = 200;

    /// <summary>Where a program is, or why it is not there.</summary>
    /// <exception cref="SpeechException">It is not on PATH; the message says how to install it.</exception>
    public static string Require(string name) => Find(name) ?? throw new SpeechException(FaultOf(name)!);

    /// <summary>Why it cannot be run; null when it is on PATH.</summary>
    public static string? FaultOf(string name) => Find(name) is null
        ? $"{name} is not installed: there is no such program on PATH. On Debian: apt-get install {name}."
        : null;

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") })
        .FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end and gives what it wrote.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Each one argument, passed as it is.</param>
    /// <param name="input">Its standard input, as UTF-8.</param>
    /// <param name="cancellationToken">Kills it before this returns.</param>
    /// <exception cref="SpeechException">It is missing, could not be started, or failed.</exception>
    public static async ValueTask<byte[]> RunAsync(string name, IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var process = Start(name, arguments);
        try
        {
            var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            await WriteAsync(process, input, cancellationToken).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            var said = await errors.ConfigureAwait(false);
            return process.ExitCode == 0
                ? output.ToArray()
                : throw new SpeechException($"{name} failed with exit code {process.ExitCode}: {said[..Math.Min(said.Length, MostErrorCharacters)].Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string name, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Require(name), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start) ?? throw new SpeechException($"{name} could not be started.");
        }
        catch (Win32Exception fault)
        {
            throw new SpeechException($"{name} could not be started: {fault.Message}", fault);
        }
    }

    // A program that ends without reading has an exit code that says why.
    private static async ValueTask WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            process.StandardInput.BaseStream.Dispose();
        }
    }
}

using System.Diagnostics;
using System.Text;
using CallCenterKit.Tests.Architecture;

namespace CallCenterKit.Tests.Loopback;

/// <summary>One run of a sample as a process of its own, in a folder of its own, its output captured as bytes.</summary>
internal sealed class SampleRun : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<string> _errors;

    private SampleRun(string folder, Process process)
    {
        (Folder, _process) = (folder, process);
        _output = ReadAsync(process.StandardOutput.BaseStream);
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its current directory.</summary>
    public string Folder { get; }

    /// <summary>Starts a sample that was built together with these tests.</summary>
    public static SampleRun Start(string sample, string folder, params IEnumerable<string> arguments)
    {
        // The tests lie in bin/CONFIGURATION/FRAMEWORK, and so does the sample.
        var build = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "CallCenterKit.Tests"), AppContext.BaseDirectory);
        var assembly = Path.Combine(Repository.Root, "samples", sample, build, sample + ".dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new(folder, Process.Start(start)!);
    }

    /// <exception cref="TimeoutException">It is still running after two minutes.</exception>
    public async Task<(int ExitCode, string Output, string Errors)> FinishAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        return (_process.ExitCode, Encoding.UTF8.GetString(await _output), await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}

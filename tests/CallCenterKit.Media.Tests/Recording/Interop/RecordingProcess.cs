using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace CallCenterKit.Media.Tests.Recording.Interop;

/// <summary>tests/RecordingHost as a process of its own: a call of two phones over real sockets, recorded as often as it is told to.</summary>
internal sealed class RecordingProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _read = [];

    private RecordingProcess(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "RecordingHost.dll");

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Starts it.</summary>
    /// <param name="folder">For what it keeps besides recordings.</param>
    /// <param name="mostFileBytes">No file may grow larger, by a limit of the system; null for none.</param>
    public static RecordingProcess Start(string folder, long? mostFileBytes = null)
    {
        var start = mostFileBytes is { } most
            ? new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {most / 1024}; exec \"$@\"", "bash", Dotnet, Program, SpokenIn(folder)])
            : new ProcessStartInfo(Dotnet, [Program, SpokenIn(folder)]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // the runtime keeps code in a large file otherwise
        var running = new RecordingProcess(new Process { StartInfo = start }, folder);
        running._process.OutputDataReceived += running.Keep;
        running._process.ErrorDataReceived += running.Keep;
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Begins a recording.</summary>
    /// <returns>When, in ticks.</returns>
    public async Task<long> RecordAsync(string path, string format, string channels, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync($"record {path} {format} {channels}".AsMemory(), cancellationToken);
        var words = await WaitForAsync($"recording {path} ", cancellationToken);
        return long.Parse(words[2], CultureInfo.InvariantCulture);
    }

    /// <summary>Waits for a line that begins with a text; it may have come already.</summary>
    /// <returns>Its words.</returns>
    public async Task<string[]> WaitForAsync(string beginning, CancellationToken cancellationToken)
    {
        for (var next = 0; ; next++)
        {
            if (next == _read.Count)
                _read.Add(await ReadLineAsync(beginning, cancellationToken));
            if (_read[next].StartsWith(beginning, StringComparison.Ordinal))
                return _read[next].Split(' ');
        }
    }

    /// <summary>Ends the recordings and the call.</summary>
    public ValueTask StopAsync() => new(_process.StandardInput.WriteLineAsync("stop"));

    /// <summary>kill -9.</summary>
    /// <returns>In ticks: when it began to speak, then when each packet was sent.</returns>
    public async Task<long[]> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        var bytes = await File.ReadAllBytesAsync(SpokenIn(_folder), cancellationToken);
        return MemoryMarshal.Cast<byte, long>(bytes).ToArray();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<string> ReadLineAsync(string expected, CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.Reader.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"RecordingHost has not written '{expected}'.\n{string.Join('\n', _read)}");
        }
    }

    private static string SpokenIn(string folder) => Path.Combine(folder, "spoken");

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
            _lines.Writer.TryWrite(text);
    }
}

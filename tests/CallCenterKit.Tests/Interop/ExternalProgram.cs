using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CallCenterKit.Tests.Interop;

/// <summary>A program of somebody else's, started for one test in a folder of its own and gone when the test is.</summary>
internal sealed class ExternalProgram : IAsyncDisposable
{
    /// <summary>Below are the ports of audio, of the phones and of the centers.</summary>
    private const int LowestPort = 40_000;

    private static readonly HashSet<int> HandedOut = [];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ExternalProgram(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written so far, standard output and error as they came.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>
    /// Skips the running test when a program is not installed; with CALLCENTERKIT_REQUIRE_INTEROP=1 the test fails instead,
    /// so that a build server never passes by skipping.
    /// </summary>
    public static void Require(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is not null)
                continue;
            var reason = $"{name} is not installed (no such program on PATH).";
            if (Environment.GetEnvironmentVariable("CALLCENTERKIT_REQUIRE_INTEROP") == "1")
                Assert.Fail(reason);
            Assert.Skip(reason);
        }
    }

    /// <summary>Starts a program; skips or fails as <see cref="Require"/> does when it is missing.</summary>
    public static ExternalProgram Start(string name, string folder, params IEnumerable<string> arguments)
    {
        Require(name);
        var start = new ProcessStartInfo(Find(name)!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = folder;
        start.Environment["TERM"] = "dumb";
        var program = new ExternalProgram(new Process { StartInfo = start });
        program._process.OutputDataReceived += program.Keep;
        program._process.ErrorDataReceived += program.Keep;
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string name, string folder, TimeSpan limit, params IEnumerable<string> arguments)
    {
        await using var program = Start(name, folder, arguments);
        return (await program.WaitForExitAsync(limit), program.Output);
    }

    /// <exception cref="TimeoutException">It is still running after <paramref name="limit"/>; the message holds its output.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} has not ended within {limit}.\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits for a line that holds a text.</summary>
    /// <exception cref="TimeoutException">It did not come within <paramref name="limit"/>, or the program has ended; the message holds its output.</exception>
    public async Task WaitForOutputAsync(string text, TimeSpan limit)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!_output.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            if (HasExited || TimeProvider.System.GetElapsedTime(since) > limit)
                throw new TimeoutException($"{_process.StartInfo.FileName} has not written '{text}' within {limit}.\n{Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Ends it as a crash would: nothing of it runs after this, not even a handler.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>
    /// A port of an address for a program that listens there: free a moment ago for UDP and TCP, as is the TCP port above it, where
    /// TLS usually is. Never one that another program was given, at whatever address.
    /// </summary>
    public static int FreePort(IPAddress address)
    {
        while (true)
        {
            using var first = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            first.Bind(new IPEndPoint(address, 0));
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            if (port is < LowestPort or ushort.MaxValue || !IsFreeTcp(address, port) || !IsFreeTcp(address, port + 1))
                continue;
            lock (HandedOut)
            {
                if (!HandedOut.Contains(port) && !HandedOut.Contains(port + 1) && HandedOut.Add(port) && HandedOut.Add(port + 1))
                    return port;
            }
        }
    }

    /// <summary>Waits until somebody takes datagrams at an address: for programs that do not say when they do.</summary>
    public async Task WaitForListenerAsync(IPEndPoint address, TimeSpan limit)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Contains(address))
        {
            if (HasExited || TimeProvider.System.GetElapsedTime(since) > limit)
                throw new TimeoutException($"{_process.StartInfo.FileName} does not listen at {address} within {limit}.\n{Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static bool IsFreeTcp(IPAddress address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
            _output.Enqueue(text);
    }
}

using System.Globalization;
using System.Net;

namespace CallCenterKit.Tests.Interop;

/// <summary>How one scenario went. Exit code 0: every call went as the scenario says.</summary>
/// <param name="Errors">sipp's error file: unexpected messages, one after another.</param>
/// <param name="Received">What came from the server, whole messages in order.</param>
internal sealed record SippResult(int ExitCode, string Errors, string Output, IReadOnlyList<string> Received)
{
    public void AssertPassed() => Assert.True(ExitCode == 0, $"sipp ended with {ExitCode}.\n{Errors}\n{Output}");
}

/// <summary>Parameters of a scenario.</summary>
internal sealed record SippOptions
{
    /// <summary>Scenario in the sipp folder, without .xml; empty runs <see cref="Script"/>.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>A scenario as text.</summary>
    public string Script { get; init; } = "";

    /// <summary>The address it calls from, or waits at.</summary>
    public string Local { get; init; } = IPAddress.Loopback.ToString();

    /// <summary>Over TCP, all calls on one connection.</summary>
    public bool Tcp { get; init; }

    /// <summary>Whom it calls; null for a scenario that waits for a call.</summary>
    public IPEndPoint? Target { get; init; }

    /// <summary>The user it registers or calls as.</summary>
    public string User { get; init; } = "sipp";

    /// <summary>The sine the script can play, at -7 dBFS; 0 is none.</summary>
    public int ToneHz { get; init; }

    public string Password { get; init; } = "";

    /// <summary>The extension it calls; without one, its own user.</summary>
    public string? Extension { get; init; }

    /// <summary>How long it stays where the scenario pauses.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public int Calls { get; init; } = 1;

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Runs scenarios of sipp against a SIP server on 127.0.0.1.</summary>
internal static class Sipp
{
    /// <summary>Another address of the loopback, so that a center can trust what comes from there.</summary>
    public const string TrustedAddress = "127.0.0.2";

    /// <summary>Runs a scenario to its end.</summary>
    public static async Task<SippResult> RunAsync(SippOptions options)
    {
        await using var run = await SippRun.StartAsync(options);
        return await run.EndAsync();
    }
}

/// <summary>A scenario that runs while the test does something else.</summary>
internal sealed class SippRun : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly SippOptions _options;
    private readonly ScratchFolder _folder;
    private readonly ExternalProgram _program;

    private SippRun(SippOptions options, ScratchFolder folder, IPEndPoint address, ExternalProgram program)
    {
        _options = options;
        _folder = folder;
        Address = address;
        _program = program;
    }

    /// <summary>Where it takes SIP.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Returns at once for a scenario that calls, and when it listens for one that waits for a call.</summary>
    public static async Task<SippRun> StartAsync(SippOptions options)
    {
        ExternalProgram.Require("sipp");
        var folder = new ScratchFolder();
        var address = IPAddress.Parse(options.Local);
        var run = new IPEndPoint(address, ExternalProgram.FreePort(address));
        if (options.Script.Length > 0)
            await File.WriteAllTextAsync(folder.File("script.xml"), options.Script);
        if (options.ToneHz > 0)
            await MakeToneAsync(folder, options.ToneHz);
        var program = ExternalProgram.Start("sipp", folder.Path, Arguments(options, folder, run));
        try
        {
            if (options.Target is null)
                await program.WaitForListenerAsync(run, StartLimit);
            return new(options, folder, run, program);
        }
        catch
        {
            await program.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the scenario is over.</summary>
    public async Task<SippResult> EndAsync()
    {
        var exitCode = await _program.WaitForExitAsync(_options.Limit + TimeSpan.FromSeconds(10));
        return new(exitCode, await ReadAsync("errors"), _program.Output, [.. Received(await ReadAsync("messages"))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task MakeToneAsync(ScratchFolder folder, int toneHz)
    {
        var (exitCode, output) = await ExternalProgram.RunAsync("sox", folder.Path, StartLimit,
            "-n", "-r", "8000", "-c", "1", "-t", "ul", SippScript.Tone, "synth", "10", "sine", Text(toneHz), "gain", "-7");
        Assert.True(exitCode == 0, output);
    }

    private async Task<string> ReadAsync(string file) => File.Exists(_folder.File(file)) ? await File.ReadAllTextAsync(_folder.File(file)) : "";

    // The trace separates messages by a line of hyphens with the time, and says of each which way it went.
    private static IEnumerable<string> Received(string trace) =>
        trace.ReplaceLineEndings("\n").Split("-----------------------------------------------")
            .Where(part => part.Contains("message received", StringComparison.Ordinal))
            .Select(part => part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Trim());

    private static IEnumerable<string> Arguments(SippOptions options, ScratchFolder folder, IPEndPoint address) =>
    [
        .. options.Target is { } target ? (string[])[target.ToString()] : [],
        "-key", "caller", options.User,
        "-sf", options.Script.Length > 0 ? folder.File("script.xml") : Path.Combine(AppContext.BaseDirectory, "Interop", "sipp", options.Scenario + ".xml"),
        "-s", options.Extension ?? options.User,
        "-au", options.User,
        "-ap", options.Password.Length > 0 ? options.Password : "none",
        "-i", options.Local,
        "-p", Text(address.Port),
        "-t", options.Tcp ? "t1" : "u1",
        "-mi", options.Local,
        "-d", Text((long)options.Pause.TotalMilliseconds),
        "-m", Text(options.Calls),
        "-timeout", Text((long)options.Limit.TotalSeconds),
        "-timeout_error",
        "-nostdin",
        "-trace_err",
        "-error_file", folder.File("errors"),
        "-trace_msg",
        "-message_file", folder.File("messages"),
    ];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

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

    /// <summary>The address it calls from.</summary>
    public string Local { get; init; } = IPAddress.Loopback.ToString();

    /// <summary>Over TCP, all calls on one connection.</summary>
    public bool Tcp { get; init; }

    public required IPEndPoint Target { get; init; }

    /// <summary>The user it registers or calls as.</summary>
    public required string User { get; init; }

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

    public static async Task<SippResult> RunAsync(SippOptions options)
    {
        ExternalProgram.Require("sipp");
        using var folder = new ScratchFolder();
        if (options.Script.Length > 0)
            await File.WriteAllTextAsync(folder.File("script.xml"), options.Script);
        var (exitCode, output) = await ExternalProgram.RunAsync("sipp", folder.Path, options.Limit + TimeSpan.FromSeconds(10), Arguments(options, folder));
        var errors = File.Exists(folder.File("errors")) ? await File.ReadAllTextAsync(folder.File("errors")) : "";
        var messages = File.Exists(folder.File("messages")) ? await File.ReadAllTextAsync(folder.File("messages")) : "";
        return new(exitCode, errors, output, [.. Received(messages)]);
    }

    // The trace separates messages by a line of hyphens with the time, and says of each which way it went.
    private static IEnumerable<string> Received(string trace) =>
        trace.ReplaceLineEndings("\n").Split("-----------------------------------------------")
            .Where(part => part.Contains("message received", StringComparison.Ordinal))
            .Select(part => part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Trim());

    private static string[] Arguments(SippOptions options, ScratchFolder folder) =>
    [
        options.Target.ToString(),
        "-key", "caller", options.User,
        "-sf", options.Script.Length > 0 ? folder.File("script.xml") : Path.Combine(AppContext.BaseDirectory, "Interop", "sipp", options.Scenario + ".xml"),
        "-s", options.Extension ?? options.User,
        "-au", options.User,
        "-ap", options.Password.Length > 0 ? options.Password : "none",
        "-i", options.Local,
        "-p", Text(ExternalProgram.FreePort(options.Tcp ? ProtocolType.Tcp : ProtocolType.Udp)),
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

using System.Text.RegularExpressions;
using CallCenterKit.Tests.Interop;

namespace CallCenterKit.Tests.Loopback;

public sealed class ConsolePbxDemoTests(ConsolePbxDemoTests.Runs runs) : IClassFixture<ConsolePbxDemoTests.Runs>
{
    [Fact]
    public async Task The_demo_sees_what_is_configured()
    {
        var (exitCode, output, errors) = await runs.Good.FinishAsync();

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("calls 6, answered 4, abandoned 1", output, StringComparison.Ordinal);
        Assert.Contains("service level F4 ", output, StringComparison.Ordinal);
        Assert.Contains("average speed of answer (ASA) ", output, StringComparison.Ordinal);
        Assert.Matches(@"\nAll \d+ as configured\.", output);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        var recordings = Directory.GetFiles(Path.Combine(runs.Good.Folder, "recordings"), "*.wav", SearchOption.AllDirectories);
        Assert.Equal(4, recordings.Length);
        Assert.All(recordings, path => Assert.Contains(Path.GetRelativePath(runs.Good.Folder, path), output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_no_terminal_each_change_is_a_plain_line()
    {
        var (_, output, errors) = await runs.Good.FinishAsync();

        Assert.DoesNotContain('\e', output + errors);
        AssertLine(@"waits +support +place \d +\*{4}314002", output); // who of two comes first, the machine decides
        AssertLine(@"Alice +talking +100 +\*{4}3140\d\d", output);
        Assert.DoesNotContain("0205314", output, StringComparison.Ordinal);
    }

    private static void AssertLine(string pattern, string output) =>
        Assert.True(Regex.IsMatch(output, $@"\n\d\d:\d\d:\d\d  {pattern}\r?\n"), $"No line is '{pattern}' in:\n{output}");

    [Fact]
    public async Task Agents_who_are_busy_fail_the_demo()
    {
        var (exitCode, output, errors) = await runs.Busy.FinishAsync();

        Assert.True(exitCode == 1, output + errors);
        Assert.Contains("FAILED  answered: 0, expected 4", output, StringComparison.Ordinal);
        Assert.Contains("FAILED  Reception: call ended: Refused", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_folder_that_cannot_be_written_fails_the_demo_and_harms_no_call()
    {
        var (exitCode, output, errors) = await runs.NoFolder.FinishAsync();

        Assert.True(exitCode == 1, output + errors);
        var failed = output.Split('\n').Where(line => line.StartsWith("  FAILED", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, line => Assert.Contains("recording", line, StringComparison.Ordinal));
    }

    /// <summary>The three runs, side by side: each takes a dozen seconds of real time.</summary>
    public sealed class Runs : IAsyncDisposable
    {
        private readonly ScratchFolder _folder = new();

        public Runs()
        {
            File.WriteAllText(_folder.File("a-file"), "");
            Good = Start("good");
            Busy = Start("busy", "--Demo:AgentAnswer=486");
            NoFolder = Start("no-folder", "--CallCenter:Recording:Folder=../a-file/recordings"); // read-only would not stop root
        }

        internal SampleRun Good { get; }

        internal SampleRun Busy { get; }

        internal SampleRun NoFolder { get; }

        public async ValueTask DisposeAsync()
        {
            foreach (var run in (SampleRun[])[Good, Busy, NoFolder])
                await run.DisposeAsync();
            _folder.Dispose();
        }

        private SampleRun Start(string name, params string[] options) =>
            SampleRun.Start("ConsolePbx", Directory.CreateDirectory(_folder.File(name)).FullName, ["demo", "--Demo:Short=true", .. options]);
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CallCenterKit.Tests.Architecture;

public partial class RepositoryShapeTests
{
    private const int MostRootEntries = 18;

    [Fact]
    public void The_root_can_be_taken_in_at_a_glance()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Repository.Root, ".git")), "Not a git checkout, so nothing says which files are ours.");

        var entries = TrackedFiles().Select(path => path.Split('/')[0]).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(entries);
        Assert.True(entries.Count <= MostRootEntries, $"{entries.Count} entries: {string.Join(' ', entries)}");
    }

    [Fact]
    public void Only_loopback_and_interop_tests_open_sockets_or_wait_for_a_clock()
    {
        var offenders = Repository.SourceFiles("tests")
            .Where(file => !Repository.Segments(file).Any(segment => segment is "Loopback" or "Interop"))
            .SelectMany(file => Real().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}"));

        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"new\s+(Socket|UdpClient|TcpClient|TcpListener)\b|Thread\.Sleep\(|Task\.Delay\([^;]*TimeProvider\.System")]
    private static partial Regex Real();

    private static List<string> TrackedFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }
}

using System.Net;

namespace CallCenterKit.Testing;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_example_of_the_readme_runs()
    {
        var toneDb = double.NaN;
        var time = new VirtualTimeProvider();
        using var network = new VirtualNetwork(time, new() { Seed = 42, LossShare = 0.02 });
        await using var alice = new ScriptedPhone(new() { User = "alice", Local = IPEndPoint.Parse("10.0.0.1:5060") }, network, time);
        await using var bob = new ScriptedPhone(
            new() { User = "bob", Local = IPEndPoint.Parse("10.0.0.2:5060"), Voice = PhoneVoice.Tone(1000) }, network, time);

        await time.RunAsync(
            async () =>
            {
                var calling = alice.CallAsync(bob.Contact);
                var ringing = await bob.NextCallAsync();
                ringing.Ring();
                await bob.PauseAsync(TimeSpan.FromSeconds(3));
                await ringing.AnswerAsync();

                var outcome = await calling;
                if (outcome is ScriptedCallOutcome.Answered(var call))
                {
                    await call.PauseAsync(TimeSpan.FromMinutes(5));
                    await call.HangUpAsync();
                    toneDb = call.Heard.ToneLevel(1000);
                }
            },
            limit: TimeSpan.FromMinutes(10));

        Assert.Equal(-10, toneDb, tolerance: 1);
    }

    [Fact]
    public void The_readme_shows_what_is_compiled_here()
    {
        var root = FindRoot();
        var here = File.ReadAllLines(Path.Combine(root, "tests", "CallCenterKit.Testing.Tests", "ReadmeTests.cs"));
        var readme = File.ReadAllText(Path.Combine(root, "src", "CallCenterKit.Testing", "README.md"));

        var snippet = readme.Split("```csharp\n")[1].Split("```")[0].TrimEnd();

        var outdented = here.Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line);
        Assert.Contains(snippet, string.Join('\n', outdented), StringComparison.Ordinal);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CallCenterKit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No CallCenterKit.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}

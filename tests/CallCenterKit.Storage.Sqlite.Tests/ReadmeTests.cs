using System.Text.RegularExpressions;
using CallCenterKit.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Storage.Sqlite;

public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_example_of_the_readme_opens_a_store()
    {
        var folder = Directory.CreateTempSubdirectory("callcenterkit-");
        var opening = await ExampleAsync(Path.Combine(folder.FullName, "callcenter.db"), NullLogger.Instance, TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);

        Assert.Equal(new(1, 0), opening);
    }

    [Fact]
    public void The_example_of_the_readme_is_the_one_that_is_tested()
    {
        var here = Body().Match(File.ReadAllText(Shared.Repository.PathOf("tests/CallCenterKit.Storage.Sqlite.Tests/ReadmeTests.cs"))).Groups["code"].Value;
        var readme = Block().Match(File.ReadAllText(Shared.Repository.PathOf("src/CallCenterKit.Storage.Sqlite/README.md"))).Groups["code"].Value;

        Assert.Equal(WithoutIndent(here), WithoutIndent(readme).Replace("\"data/callcenter.db\"", "file", StringComparison.Ordinal));
    }

    private static async Task<JournalOpening> ExampleAsync(string file, ILogger logger, CancellationToken cancellationToken)
    {
        // snippet
        var options = new SqliteStoreOptions { File = file };
        await using var store = new SqliteStore(options, new CenterId("main"), EventCatalog.Core, TimeProvider.System, logger);
        var opening = await store.BeginEpochAsync(cancellationToken);
        // end
        return opening;
    }

    private static string WithoutIndent(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"// snippet\n(?<code>.*?)\s*// end", RegexOptions.Singleline)]
    private static partial Regex Body();
}

using System.Globalization;
using System.Text.RegularExpressions;
using CallCenterKit.Tests.Architecture;

namespace CallCenterKit.Tests.Documents;

/// <summary>What docs/rfc-coverage.md says clause by clause names types and tests that exist.</summary>
public partial class RfcCoverageTests
{
    private const string NotThere = "-";

    private static readonly int[] Promised =
    [
        3261, 3262, 3263, 3264, 3311, 3323, 3325, 3326, 3420, 3515, 3550, 3581, 3711, 3842, 3891, 3892, 4028, 4488, 4566, 4568, 4733, 5626, 5806, 6026,
        6665, 7332, 7616, 7714, 8643, 8760, 8866,
    ];

    private static readonly string[] Lines =
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "rfc-coverage.md")).SkipWhile(line => line != "## Clause by clause")];

    private static readonly List<Row> Rows = [.. Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)
        && !line.StartsWith("| section |", StringComparison.Ordinal) && !line.StartsWith("| --- |", StringComparison.Ordinal)).Select(Row.Read)];

    [Fact]
    public void Every_type_that_is_named_exists()
    {
        var types = Declaration().Matches(Sources("src")).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(Rows);
        Assert.All(Rows, row => Assert.All(row.Types, type => Assert.Contains(type, types)));
    }

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = Sources("tests").ReplaceLineEndings("\n").Split("\n\n").Where(block => block.Contains("[Fact", StringComparison.Ordinal) || block.Contains("[Theory", StringComparison.Ordinal))
            .SelectMany(block => Method().Matches(block)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.All(Rows, row => Assert.All(row.Tests, test => Assert.Contains(test, tests)));
    }

    [Fact]
    public void What_is_done_has_a_type_and_a_test_and_what_is_not_has_a_reason() => Assert.All(Rows, row =>
    {
        if (row.Done.StartsWith("no: ", StringComparison.Ordinal))
        {
            Assert.True(row.Done.Length > 15, row.Text);
            Assert.Equal((NotThere, NotThere), (row.Where, row.Test));
        }
        else
        {
            Assert.Matches("^(yes|yes, .+|partly: .+)$", row.Done);
            Assert.NotEmpty(row.Types);
            Assert.NotEmpty(row.Tests);
        }
    });

    [Fact]
    public void Every_rfc_that_was_promised_is_there()
    {
        var text = string.Join('\n', Lines);

        Assert.All(Promised, number => Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"\b{number}\b"), text));
    }

    private static string Sources(string folder) => string.Join("\n\n", Repository.SourceFiles(folder).Select(File.ReadAllText));

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"public (?:async )?(?:void|Task|ValueTask) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    private sealed record Row(string Text, string Done, string Where, string Test)
    {
        public IEnumerable<string> Types => Name().Matches(Where).Select(match => match.Groups[1].Value);

        public IEnumerable<string> Tests => Name().Matches(Test).Select(match => match.Groups[1].Value);

        public static Row Read(string line)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            Assert.True(cells.Length == 7, line);
            return new(line, cells[3], cells[4], cells[5]);
        }
    }
}

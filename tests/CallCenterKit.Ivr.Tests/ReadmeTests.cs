using System.Text.RegularExpressions;

namespace CallCenterKit.Ivr;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_examples_of_the_readme_are_the_ones_that_are_tested()
    {
        var readme = Source.Path("src", "CallCenterKit.Ivr", "README.md");
        var examples = Source.Path("tests", "CallCenterKit.Ivr.Tests", "ReadmeExamples.cs");

        var blocks = CodeBlock().Matches(File.ReadAllText(readme)).Select(block => WithoutIndent(block.Groups["code"].Value)).ToList();
        var snippets = Snippet().Matches(File.ReadAllText(examples)).Select(snippet => WithoutIndent(snippet.Groups["code"].Value)).ToList();

        Assert.Equal(2, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(snippet, blocks));
    }

    private static string WithoutIndent(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"// snippet: \w+\n(?<code>.*?)[ ]*// end", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}

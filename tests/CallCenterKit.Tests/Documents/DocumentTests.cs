using System.Text.RegularExpressions;
using CallCenterKit.Tests.Architecture;

namespace CallCenterKit.Tests.Documents;

public partial class DocumentTests
{
    [Fact]
    public void The_first_snippet_of_the_readme_is_the_whole_hello_sample()
    {
        var sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "HelloCallCenter", "Program.cs"));

        Assert.Equal(sample.Trim(), Snippets("README.md")[0]);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    public void Every_snippet_is_part_of_something_that_is_compiled(string document)
    {
        var compiled = Repository.SourceFiles("samples").Concat(Repository.SourceFiles("tests")).Select(file => Flat(File.ReadAllText(file))).ToList();

        Assert.NotEmpty(Snippets(document));
        Assert.All(Snippets(document), snippet => Assert.Contains(compiled, source => source.Contains(Flat(snippet), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    public void Every_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var links = Link().Matches(Read(document)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(links);
        Assert.All(links.Where(link => !link.Contains("://", StringComparison.Ordinal)), link => Assert.True(Path.Exists(Path.Combine(folder, link)), link));
    }

    [Fact]
    public void The_architecture_names_folders_and_types_that_exist()
    {
        var sources = string.Join('\n', Repository.SourceFiles("src").Select(File.ReadAllText));
        var names = Name().Matches(Read("docs/architecture.md")).Select(match => match.Groups[1].Value).ToList();
        var folders = names.Where(name => name.StartsWith("src/", StringComparison.Ordinal)).ToList();
        var types = Row().Matches(Read("docs/architecture.md")).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.True(Directory.Exists(Path.Combine(Repository.Root, folder)), folder));
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Matches($@"\b(class|record|struct|interface|enum) {type}\b", sources));
    }

    [Fact]
    public void The_readme_lists_every_package()
    {
        var readme = Read("README.md");

        Assert.All(Repository.Packages, package => Assert.Contains($"[{package}](src/{package}/README.md)", readme, StringComparison.Ordinal));
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Repository.Root, document)).ReplaceLineEndings("\n");

    private static List<string> Snippets(string document) => [.. Snippet().Matches(Read(document)).Select(match => match.Groups[1].Value.Trim())];

    /// <summary>Without indentation, so that a snippet may stand inside a method.</summary>
    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| [^|]+\| `src/[^|]+\| ([^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

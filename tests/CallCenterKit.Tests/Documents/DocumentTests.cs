using System.Globalization;
using System.Text.RegularExpressions;
using CallCenterKit.Tests.Architecture;

namespace CallCenterKit.Tests.Documents;

public partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Append(Path.Combine(Repository.Root, "README.md"))
        .Concat(Repository.Packages.Select(package => Path.Combine(Repository.Root, "src", package, "README.md")))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_first_snippet_of_the_readme_is_the_whole_hello_sample()
    {
        var sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "HelloCallCenter", "Program.cs"));

        Assert.Equal(sample.Trim(), Snippets("README.md")[0]);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/guides/outgoing-calls.md")]
    [InlineData("docs/guides/phones.md")]
    [InlineData("docs/guides/recording.md")]
    [InlineData("docs/guides/sip.md")]
    [InlineData("docs/guides/supervision.md")]
    public void Every_snippet_is_part_of_something_that_is_compiled(string document)
    {
        var compiled = Repository.SourceFiles("samples").Concat(Repository.SourceFiles("tests")).Select(file => Flat(File.ReadAllText(file))).ToList();

        Assert.NotEmpty(Snippets(document));
        Assert.All(Snippets(document), snippet => Assert.Contains(compiled, source => source.Contains(Flat(snippet), StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var links = Link().Matches(Read(document)).Select(match => (To: match.Groups[1].Value, Heading: match.Groups[2].Value)).ToList();

        Assert.All(links.Where(link => !link.To.Contains("://", StringComparison.Ordinal)), link =>
        {
            var target = link.To.Length == 0 ? Path.Combine(Repository.Root, document) : Path.Combine(folder, link.To);
            Assert.True(Path.Exists(target), link.To);
            if (link.Heading.Length > 0)
                Assert.Contains(link.Heading, Headings(File.ReadAllText(target).ReplaceLineEndings("\n")));
        });
    }

    [Fact]
    public void The_readme_lists_every_guide() => Assert.All(
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "guides")),
        guide => Assert.Contains($"(docs/guides/{Path.GetFileName(guide)})", Read("README.md"), StringComparison.Ordinal));

    [Fact]
    public void Decisions_are_numbered_one_after_another()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "decisions")).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Enumerable.Range(1, files.Count), files.Select(file => int.Parse(Path.GetFileName(file)[..4], CultureInfo.InvariantCulture)));
        Assert.All(files, file => Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"# {int.Parse(Path.GetFileName(file)[..4], CultureInfo.InvariantCulture)}. "), File.ReadAllText(file), StringComparison.Ordinal));
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

    /// <summary>As a link names them.</summary>
    private static IEnumerable<string> Headings(string document) => Heading().Matches(document)
        .Select(match => NotInLinks().Replace(match.Groups[1].Value.ToLower(CultureInfo.InvariantCulture), "").Replace(' ', '-'));

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInLinks();

    [GeneratedRegex(@"\]\(([^)#]*)(?:#([^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| [^|]+\| `src/[^|]+\| ([^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

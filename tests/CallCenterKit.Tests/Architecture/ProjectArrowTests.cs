namespace CallCenterKit.Tests.Architecture;

public class ProjectArrowTests
{
    private const string Core = "CallCenterKit.Core";
    private const string Media = "CallCenterKit.Media";
    private const string Sip = "CallCenterKit.Sip";

    /// <summary>What each package may refer to. A package that is not listed has no place yet: give it one here first.</summary>
    private static readonly Dictionary<string, string[]> AllowedArrows = new(StringComparer.Ordinal)
    {
        [Core] = [],
        [Media] = [],
        [Sip] = [Core, Media],
        ["CallCenterKit.Ivr"] = [Core, Media],
        ["CallCenterKit.Metrics"] = [Core],
        ["CallCenterKit.Storage.Sqlite"] = [Core],
        ["CallCenterKit.Testing"] = [Core, Media, Sip],
        ["CallCenterKit"] = [Core, Media, Sip, "CallCenterKit.Ivr", "CallCenterKit.Metrics", "CallCenterKit.Storage.Sqlite"],
    };

    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Arrows_point_downward_only(string package)
    {
        Assert.True(AllowedArrows.TryGetValue(package, out var allowed), $"{package} has no place among the packages.");

        var arrows = Repository.Included(Repository.ProjectFile(package), "ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')));

        Assert.Empty(arrows.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void An_assembly_uses_no_package_that_its_project_may_not_name(string package)
    {
        var used = Repository.Load(package).GetReferencedAssemblies().Select(name => name.Name!).Intersect(Repository.Packages);

        Assert.Empty(used.Except(AllowedArrows[package]));
    }

    [Theory]
    [InlineData(Core)]
    [InlineData(Media)]
    public void The_lowest_packages_know_abstractions_only(string package)
    {
        var foreign = Repository.Included(Repository.ProjectFile(package), "PackageReference")
            .Where(name => name != "Microsoft.Extensions.Options" && !IsAbstraction(name));

        Assert.Empty(foreign);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Internals_are_shown_to_tests_and_benchmarks_only(string package)
    {
        string[] friends = [package + ".Tests", "CallCenterKit.Benchmarks", "JitterTraces"]; // the last measures, below bench

        var shown = Repository.Load(package).GetCustomAttributes(typeof(System.Runtime.CompilerServices.InternalsVisibleToAttribute), false)
            .Cast<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
            .Select(attribute => attribute.AssemblyName);

        Assert.Empty(shown.Except(friends));
    }

    private static bool IsAbstraction(string name) =>
        name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && name.EndsWith(".Abstractions", StringComparison.Ordinal);
}

using System.Reflection;
using System.Xml.Linq;

namespace CallCenterKit.Tests.Architecture;

/// <summary>The working copy these tests run from: its root, its packages and their assemblies.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the packages under src, in order.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static XDocument ProjectFile(string package) =>
        XDocument.Load(Path.Combine(Root, "src", package, package + ".csproj"));

    public static Assembly Load(string package) => Assembly.Load(new AssemblyName(package));

    /// <summary>Values of Include of one kind of item, such as ProjectReference.</summary>
    public static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();

    /// <summary>C# files below a folder of the root; what a build has put there is left out.</summary>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Segments(file).Any(segment => segment is "bin" or "obj"));

    /// <summary>The parts of a path, relative to the root.</summary>
    public static string[] Segments(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CallCenterKit.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No CallCenterKit.sln above {AppContext.BaseDirectory}.");
    }
}

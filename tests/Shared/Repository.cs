namespace CallCenterKit.Shared;

/// <summary>Files of the working copy that this test was built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <param name="path">Relative to the root, with slashes.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

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

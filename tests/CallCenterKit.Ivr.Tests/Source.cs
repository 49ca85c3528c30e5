namespace CallCenterKit.Ivr;

/// <summary>Files of the working copy this test was built from.</summary>
internal static class Source
{
    private static readonly string Root = FindRoot();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CallCenterKit.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No CallCenterKit.sln above {AppContext.BaseDirectory}.");
    }
}

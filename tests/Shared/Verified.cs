using System.Runtime.CompilerServices;

namespace CallCenterKit.Shared;

/// <summary>Compares text with NAME.verified.txt beside the test; a difference is left as NAME.received.txt for a person to look at and rename.</summary>
internal static class Verified
{
    public static void Text(string text, string name, [CallerFilePath] string test = "")
    {
        var file = FileOf(name, test);
        var received = Path.ChangeExtension(Path.ChangeExtension(file, null), "received.txt");
        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (expected == text)
            File.Delete(received);
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllText(received, text);
        }
        Assert.Equal(expected, text);
    }

    /// <summary>What was verified before; empty when nothing was.</summary>
    public static string Read(string name, [CallerFilePath] string test = "")
    {
        var file = FileOf(name, test);
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    /// <summary>The compiler may have cut the beginning of the path, so the root is looked for anew.</summary>
    private static string FileOf(string name, string test)
    {
        var inside = test.Replace('\\', '/');
        inside = inside[(inside.LastIndexOf("/tests/", StringComparison.Ordinal) + 1)..];
        return Path.Combine(Path.GetDirectoryName(Repository.PathOf(inside))!, $"{name}.verified.txt");
    }
}

using System.Diagnostics.CodeAnalysis;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>Prompts that are files of one folder and its subfolders, named by their path below it: "en/menu.wav".</summary>
/// <remarks>A name that leads out of the folder is not found, since flow documents may come from people who must not read other files.</remarks>
public sealed class PromptFolder : IPromptCatalog
{
    private readonly string _root;

    /// <summary>Prompts of that folder.</summary>
    /// <param name="path">Absolute, or relative to the current directory. Need not exist yet.</param>
    public PromptFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }

    /// <inheritdoc />
    public string Description => Directory.Exists(_root) ? $"folder '{_root}'" : $"folder '{_root}', which does not exist";

    /// <inheritdoc />
    public bool TryFind(string name, [NotNullWhen(true)] out string? path)
    {
        ArgumentNullException.ThrowIfNull(name);
        path = null;
        if (name.Contains('\0', StringComparison.Ordinal))
            return false;
        var full = Path.GetFullPath(Path.Combine(_root, name));
        if (full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(full))
            path = full;
        return path is not null;
    }
}

using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Has the recordings of the sample but those that were removed.</summary>
internal sealed class Shelf : IPromptCatalog
{
    private readonly PromptFolder _sample = new(Source.Path("samples", "ConsolePbx", "prompts"));
    private readonly HashSet<string> _removed = [];

    public string Description => "the shelf";

    /// <param name="name">Below "en", without ".wav".</param>
    public void Remove(string name) => _removed.Add($"en/{name}.wav");

    public bool TryFind(string name, [NotNullWhen(true)] out string? path)
    {
        path = null;
        return !_removed.Contains(name) && _sample.TryFind(name, out path);
    }
}

using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>Has every prompt but those whose name begins with "no-".</summary>
internal sealed class FakePrompts : IPromptCatalog
{
    public string Description => "the fake catalog";

    public bool TryFind(string name, [NotNullWhen(true)] out string? path)
    {
        path = name.StartsWith("no-", StringComparison.Ordinal) ? null : $"/prompts/{name}";
        return path is not null;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>Turns the name of a prompt into a file.</summary>
/// <remarks>Any thread.</remarks>
public interface IPromptCatalog
{
    /// <summary>Completes the sentence "Prompt 'x.wav' is not in …".</summary>
    string Description { get; }

    /// <summary>Finds the file; false when there is none or when the name points outside.</summary>
    bool TryFind(string name, [NotNullWhen(true)] out string? path);
}

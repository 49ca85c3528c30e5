using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>A piece of a <see cref="Prompt"/>.</summary>
public abstract record PromptPart
{
    private PromptPart()
    {
    }

    /// <summary>A prompt of the catalog, so that a string can stand for it.</summary>
    public static implicit operator PromptPart(string name) => FromString(name);

    /// <summary>A prompt of the catalog.</summary>
    public static PromptPart FromString(string name) => new File(name);

    /// <summary>A recorded prompt.</summary>
    /// <param name="Name">As the <see cref="IPromptCatalog"/> knows it: "welcome.wav".</param>
    public sealed record File(string Name) : PromptPart;

    /// <summary>One period of a call-progress tone.</summary>
    public sealed record Tone(ToneKind Kind) : PromptPart;

    /// <summary>A pause.</summary>
    public sealed record Silence(TimeSpan Duration) : PromptPart;
}

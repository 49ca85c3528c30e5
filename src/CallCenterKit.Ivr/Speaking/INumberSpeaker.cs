namespace CallCenterKit.Ivr.Speaking;

/// <summary>Says whole numbers in one language by recordings of its words.</summary>
/// <remarks>Any thread. The names of the recordings begin with the language: "en/number/20.wav".</remarks>
public interface INumberSpeaker
{
    /// <summary>The folder of the language's recordings in the catalog, as BCP 47 names it: "en".</summary>
    string Language { get; }

    /// <summary>The largest number it can say; the smallest is 0.</summary>
    long Largest { get; }

    /// <summary>Every prompt that some number needs, as a catalog knows it.</summary>
    IReadOnlyList<string> PromptNames { get; }

    /// <summary>The names of the prompts to play one after another.</summary>
    /// <param name="value">From 0 to <see cref="Largest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large.</exception>
    IReadOnlyList<string> Number(long value);
}

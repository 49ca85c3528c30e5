namespace CallCenterKit.Ivr.Speaking;

/// <summary>An engine that speaks words nobody has recorded.</summary>
/// <remarks>Any thread, several texts at once. What it has spoken is kept by <see cref="SpokenTexts"/>, so it need not be quick.</remarks>
public interface ITextToSpeech
{
    /// <summary>Short, stable name: "espeak-ng". What was spoken is kept by it.</summary>
    string Name { get; }

    /// <summary>Why it cannot speak on this machine, and what would help; null when nothing is known to be in the way.</summary>
    string? Fault => null;

    /// <summary>The voice it would use, with whatever else changes the sound: another one is spoken anew.</summary>
    /// <param name="language">As BCP 47 names it: "lt".</param>
    /// <exception cref="SpeechException">It does not speak this language.</exception>
    string VoiceOf(string language);

    /// <summary>Speaks a text.</summary>
    /// <param name="text">1 to 2,000 characters, from a flow: it may hold anything, so nothing in it is taken for an instruction.</param>
    /// <param name="language">As BCP 47 names it: "lt".</param>
    /// <param name="cancellationToken">Stops the engine before this returns.</param>
    /// <exception cref="SpeechException">It cannot; the message says why and what would help.</exception>
    ValueTask<SpokenAudio> SpeakAsync(string text, string language, CancellationToken cancellationToken);
}

/// <summary>What an engine has spoken.</summary>
/// <param name="Pcm">16-bit linear, mono.</param>
/// <param name="SampleRateHz">8,000 to 48,000.</param>
public sealed record SpokenAudio(ReadOnlyMemory<short> Pcm, int SampleRateHz);

/// <summary>A text could not be spoken.</summary>
public sealed class SpeechException : Exception
{
    /// <summary>Creates it.</summary>
    public SpeechException()
        : base("The text could not be spoken.")
    {
    }

    /// <summary>Creates it with a message.</summary>
    public SpeechException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with a message and the exception behind it.</summary>
    public SpeechException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

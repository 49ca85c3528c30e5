namespace CallCenterKit.Ivr.Voicemail;

/// <summary>What came of taking a message. The caller may have hung up in each case.</summary>
public abstract record VoicemailOutcome
{
    private VoicemailOutcome()
    {
    }

    /// <summary>It is kept.</summary>
    /// <param name="Message">The recording that holds it.</param>
    /// <param name="Length">How long it is.</param>
    public sealed record Left(RecordingId Message, TimeSpan Length) : VoicemailOutcome;

    /// <summary>Too little was said; nothing of it is kept.</summary>
    public sealed record TooShort : VoicemailOutcome;

    /// <summary>It could not be recorded; the log says why.</summary>
    public sealed record Unavailable : VoicemailOutcome;
}

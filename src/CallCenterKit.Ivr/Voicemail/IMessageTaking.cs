namespace CallCenterKit.Ivr.Voicemail;

/// <summary>A message that is being recorded.</summary>
public interface IMessageTaking
{
    /// <summary>Stops, and keeps the message or throws it away. Also when the caller has hung up.</summary>
    /// <param name="silence">How much at its end is silence.</param>
    /// <param name="least">What is shorter, that silence left out, is not kept.</param>
    ValueTask<VoicemailOutcome> EndAsync(TimeSpan silence, TimeSpan least);
}

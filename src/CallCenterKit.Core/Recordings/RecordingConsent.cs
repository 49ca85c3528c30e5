namespace CallCenterKit.Recordings;

/// <summary>How it stands with a customer's consent to being recorded.</summary>
public enum RecordingConsent
{
    /// <summary>The question is being asked; who leaves before the answer has refused.</summary>
    Asked,

    /// <summary>The customer agrees.</summary>
    Given,

    /// <summary>The customer does not: nothing is recorded, and nothing of what was is kept.</summary>
    Refused,
}

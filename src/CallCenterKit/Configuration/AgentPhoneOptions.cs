namespace CallCenterKit.Configuration;

/// <summary>One of several phones of an agent: an extension, or a number outside.</summary>
public sealed class AgentPhoneOptions
{
    /// <summary>A phone of ours; null when <see cref="Number"/> is given.</summary>
    public string? Extension { get; set; }

    /// <summary>A mobile or any other number outside, dialled by the dial plan; null when <see cref="Extension"/> is given.</summary>
    public string? Number { get; set; }

    /// <summary>Whether whoever answers must press 1 first, so that voicemail never takes a call; null: for a number yes, for an extension no.</summary>
    public bool? Confirm { get; set; }
}

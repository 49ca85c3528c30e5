using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Configuration;

/// <summary>One mailbox. Callers are led to it by "voicemail:NAME" of a queue, "flow:voicemail:NAME" of the dial plan, or a flow.</summary>
public sealed class MailboxOptions
{
    /// <summary>The phones whose lamp shows its messages, and from which they are heard by "feature:voicemail".</summary>
    public IList<string> Extensions { get; } = [];

    /// <summary>The prompt that greets the caller; null is "LANGUAGE/voicemail/greeting.wav" where there is one.</summary>
    public string? Greeting { get; set; }

    /// <summary>The longest message, 1 s to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxLength { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>After so much silence a message is over, 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan SilenceEnd { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Where messages are kept.</summary>
public sealed class VoicemailOptions
{
    /// <summary>The folder, relative to the current directory; made when it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "voicemail";
}

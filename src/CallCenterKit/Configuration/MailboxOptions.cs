using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Configuration;

/// <summary>One mailbox. Callers are led to it by "voicemail:NAME" of a queue, "flow:voicemail:NAME" of the dial plan, or a flow.</summary>
public sealed class MailboxOptions
{
    /// <summary>The phones whose lamp shows its messages, and from which they are heard by "feature:voicemail".</summary>
    public IList<string> Extensions { get; } = [];

    /// <summary>The digits that let whoever is at one of the phones hear it, 4 to 16. A secret: give it by file or environment.</summary>
    public string? Pin { get; set; }

    /// <summary>A file whose first line is the PIN, in place of <see cref="Pin"/>; relative to the content root.</summary>
    public string? PinFile { get; set; }

    /// <summary>Whether its phones hear it without a PIN: then whoever is at such a phone does. Each needs a password, so that it is that phone.</summary>
    public bool TrustExtensions { get; set; }

    /// <summary>The prompt that greets the caller; null is "LANGUAGE/voicemail/greeting.wav" where there is one.</summary>
    public string? Greeting { get; set; }

    /// <summary>The longest message, 1 s to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxLength { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>After so much silence a message is over, 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan SilenceEnd { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long its messages are kept, 1 day to 100 years, heard or not; null: as other recordings, see <see cref="RecordingOptions.Retention"/>.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36525.00:00:00")]
    public TimeSpan? Retention { get; set; }
}

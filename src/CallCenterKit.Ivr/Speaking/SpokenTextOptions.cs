using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Who speaks texts that nobody has recorded, where what was spoken is kept, and how long speaking may take.</summary>
public sealed class SpokenTextOptions
{
    /// <summary>The <see cref="ITextToSpeech.Name"/> of the engine: "espeak-ng", "flite", or one of the host's. Null: texts cannot be spoken.</summary>
    public string? Engine { get; set; }

    /// <summary>The folder, relative to the current directory; made when it is missing. Nothing else should be in it.</summary>
    [Required]
    public string Folder { get; set; } = "speech";

    /// <summary>When the files take more, those unused for the longest time go, but none used within a minute. 1 MB to 1 TB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxBytes { get; set; } = 256L << 20;

    /// <summary>How long the engine may take for one text, 100 ms to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);
}

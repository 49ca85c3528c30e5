using System.ComponentModel.DataAnnotations;
using CallCenterKit.Model;
using CallCenterKit.Recordings;

namespace CallCenterKit.Configuration;

/// <summary>One person who takes calls.</summary>
public sealed class AgentOptions
{
    /// <summary>Shown on boards; null shows the id.</summary>
    public string? Name { get; set; }

    /// <summary>The extension the agent works from when the center starts; null: the agent has to log in.</summary>
    public string? Extension { get; set; }

    /// <summary>Whether whoever answers must press 1 before the caller is put through: for mobiles, so that voicemail never takes a call.</summary>
    public bool Confirm { get; set; }

    /// <summary>In place of <see cref="Extension"/>: several phones, those preferred first. The agent works from the first when the center starts.</summary>
    public IList<AgentPhoneOptions> Extensions { get; } = [];

    /// <summary>Which phones ring: First (the one the agent works from), InOrder (one after another) or All (at once).</summary>
    public RingOrder Ring { get; set; }

    /// <summary>How many calls at once, 1 to 10.</summary>
    [Range(1, 10)]
    public int Calls { get; set; } = 1;

    /// <summary>How much at once on other channels, by channel, 1 to 100: "chat": 4.</summary>
    public IDictionary<string, int> Capacity { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>By channel: the channels by which more may be offered while the agent is busy on it. A channel that is not named lets all in.</summary>
    public IDictionary<string, IList<string>> Interruptible { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>What the agent can do: "billing:3", "lt" (level 1), "language:french".</summary>
    public IList<string> Skills { get; } = [];

    /// <summary>The prompt the caller hears before the agent; null is none.</summary>
    public string? Greeting { get; set; }

    /// <summary>Whether the agent's conversations are recorded, and from when: Never, OnDemand, FromAnswer or FromIvr; null says nothing.</summary>
    public RecordingMode? Recording { get; set; }

    /// <summary>The number the agent logs in with from any extension, 1 to 16 digits; null: not by keys.</summary>
    public string? Code { get; set; }

    /// <summary>The digits that prove it is the agent, 4 to 16. A secret: give it by file or environment.</summary>
    public string? Pin { get; set; }

    /// <summary>A file whose first line is the PIN, in place of <see cref="Pin"/>; relative to the content root.</summary>
    public string? PinFile { get; set; }
}

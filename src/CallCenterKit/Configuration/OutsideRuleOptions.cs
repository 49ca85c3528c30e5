using System.ComponentModel.DataAnnotations;
using CallCenterKit.Recordings;

namespace CallCenterKit.Configuration;

/// <summary>Who may dial numbers outside, over which trunks, and what becomes of the call. The dial plan names it: "outside:NAME".</summary>
/// <remarks>Only our own phones and agents may dial outside, unless <see cref="FromTrunks"/> says otherwise.</remarks>
public sealed class OutsideRuleOptions
{
    /// <summary>The trunks that may carry it, one after another; empty: all, by their own order.</summary>
    public IList<string> Trunks { get; } = [];

    /// <summary>How many digits are cut from the beginning of what was dialled, 0 to 16: 1 for the 0 that leads outside.</summary>
    [Range(0, 16)]
    public int Strip { get; set; }

    /// <summary>The digits that are put in their place, up to 16; may begin with "+".</summary>
    [Required(AllowEmptyStrings = true)]
    [StringLength(16)]
    public string Prefix { get; set; } = "";

    /// <summary>The number of ours that is shown; null: that of the phone, see <see cref="ExtensionOptions.CallerId"/>.</summary>
    public string? CallerId { get; set; }

    /// <summary>The name that is shown with it; null is none.</summary>
    public string? CallerName { get; set; }

    /// <summary>Whether the conversation is recorded, from the answer: short for <see cref="Recording"/> FromAnswer.</summary>
    public bool Record { get; set; }

    /// <summary>Whether the conversation is recorded, and from when: Never, OnDemand, FromAnswer or FromIvr; null says nothing.</summary>
    public RecordingMode? Recording { get; set; }

    /// <summary>The queue whose after-call work and dispositions apply and in whose figures it counts; null: no after-call work.</summary>
    public string? Queue { get; set; }

    /// <summary>How long the number is rung, 5 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan RingTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Who may dial it: "extension:NUMBER", "agent:ID". Empty: each of our phones and agents.</summary>
    public IList<string> Callers { get; } = [];

    /// <summary>The trunks whose calls may go out again, each over another one of <see cref="Trunks"/>; empty: none.</summary>
    public IList<string> FromTrunks { get; } = [];

    /// <summary>Whether callers who asked for it are called back by this rule. A caller may show any number: keep dear ones out.</summary>
    public bool CallsBack { get; set; }
}

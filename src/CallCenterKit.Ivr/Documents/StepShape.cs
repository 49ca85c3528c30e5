using System.Collections.Immutable;

namespace CallCenterKit.Ivr.Documents;

/// <summary>A way out of a step to another node.</summary>
/// <param name="On">What the caller or the world answered; empty for always.</param>
/// <param name="Node">Where it leads.</param>
/// <param name="AtOnce">Whether no time need have passed.</param>
internal sealed record StepExit(string On, string Node, bool AtOnce);

/// <summary>How a step leads on: what validation and drawing both ask.</summary>
internal static class StepShape
{
    private static readonly string[] Always = ["its end"];

    public static string Verb(this IvrStep step) => step switch
    {
        IvrStep.GoTo => "go to",
        IvrStep.GoToFlow => "go to flow",
        IvrStep.HangUp => "hang up",
        IvrStep.Consent => "recording consent",
        IvrStep.PauseRecording => "pause recording",
        IvrStep.ResumeRecording => "resume recording",
#pragma warning disable CA1308 // A verb is shown in a sentence, not compared.
        _ => step.GetType().Name.ToLowerInvariant(),
#pragma warning restore CA1308
    };

    public static IEnumerable<StepExit> Exits(this IvrStep step) => step switch
    {
        IvrStep.Menu menu => [.. menu.On.OrEmpty().Select(key => new StepExit(key.On, key.Node, false)), .. Exit("no input", menu.NoInput), .. Exit("invalid", menu.Invalid)],
        IvrStep.Collect collect => [.. Exit("collected", collect.Collected), .. Exit("no input", collect.NoInput), .. Exit("invalid", collect.Invalid)],
        IvrStep.Consent consent => [.. Exit("yes", consent.Given), .. Exit("no", consent.Refused)],
        IvrStep.When choice => [.. choice.Is.OrEmpty().Select(value => new StepExit($"{choice.Variable} is {value.On}", value.Node, true)), .. Exit("otherwise", choice.Otherwise, atOnce: true)],
        IvrStep.Queue queue => [.. Exit("answered", queue.Answered), .. Exit("timed out", queue.TimedOut), .. Exit("full", queue.Full, atOnce: true),
            .. Exit("empty", queue.Empty, atOnce: true), .. Exit("closed", queue.Closed, atOnce: true), .. Exit("callback booked", queue.CallbackBooked)],
        IvrStep.GoTo goTo => Exit("", goTo.Node, atOnce: true),
        _ => [],
    };

    /// <summary>The answers after which the next step of the node follows; none when no step can follow.</summary>
    public static IReadOnlyList<string> GoesOnAfter(this IvrStep step) => step switch
    {
        IvrStep.Menu menu => [.. Missing("no input", menu.NoInput), .. Missing("invalid", menu.Invalid)],
        IvrStep.Collect collect => [.. Missing("collected", collect.Collected), .. Missing("no input", collect.NoInput), .. Missing("invalid", collect.Invalid)],
        IvrStep.Consent consent => [.. Missing("yes", consent.Given), .. Missing("no", consent.Refused)],
        IvrStep.When choice => [.. Missing("otherwise", choice.Otherwise)],
        IvrStep.Queue queue => [.. Missing("answered", queue.Answered), .. Missing("timed out", queue.TimedOut), .. Missing("full", queue.Full)],
        IvrStep.GoTo or IvrStep.GoToFlow or IvrStep.HangUp => [],
        _ => Always,
    };

    /// <summary>Whether the next step can follow though no time has passed. A key that waits leaves out a prompt that it may cut short.</summary>
    public static bool CanPassAtOnce(this IvrStep step) => step switch
    {
        IvrStep.Answer or IvrStep.Set or IvrStep.PauseRecording or IvrStep.ResumeRecording => true,
        IvrStep.Play play => play.BargeIn,
        IvrStep.When choice => choice.Otherwise is null,
        IvrStep.Queue queue => queue.Full is null,
        _ => false,
    };

    public static ImmutableArray<IvrTransition> OrEmpty(this ImmutableArray<IvrTransition> transitions) =>
        transitions.IsDefault ? [] : transitions;

    private static IEnumerable<StepExit> Exit(string on, string? node, bool atOnce = false)
    {
        if (node is not null)
            yield return new(on, node, atOnce);
    }

    private static IEnumerable<string> Missing(string on, string? node)
    {
        if (node is null)
            yield return on;
    }
}

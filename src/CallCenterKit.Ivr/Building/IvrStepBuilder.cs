using System.Collections.Immutable;
using CallCenterKit.Ivr.Documents;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Building;

/// <summary>Adds the steps of one node, in the order in which they are said.</summary>
/// <remarks>An answer that is given no node goes on with the next step.</remarks>
/// <typeparam name="TSelf">The builder itself, so that calls chain.</typeparam>
public abstract class IvrStepBuilder<TSelf>
    where TSelf : IvrStepBuilder<TSelf>
{
    private readonly ImmutableArray<IvrStep>.Builder _steps = ImmutableArray.CreateBuilder<IvrStep>();

    private protected IvrStepBuilder()
    {
    }

    internal ImmutableArray<IvrStep> Steps => _steps.ToImmutable();

    /// <inheritdoc cref="FlowCall.AnswerAsync"/>
    public TSelf Answer() => Add(new IvrStep.Answer());

    /// <summary>Says a prompt.</summary>
    /// <param name="prompt">What to say.</param>
    /// <param name="bargeIn">Whether a key cuts it short; false for what must be heard.</param>
    public TSelf Play(Prompt prompt, bool bargeIn = true) => Add(new IvrStep.Play(prompt, bargeIn));

    /// <summary>Says a prompt and takes one key.</summary>
    /// <param name="prompt">Names the keys.</param>
    /// <param name="menu">Where each key leads.</param>
    public TSelf Menu(Prompt prompt, Action<IvrMenuBuilder> menu)
    {
        ArgumentNullException.ThrowIfNull(menu);
        var builder = new IvrMenuBuilder(prompt);
        menu(builder);
        return Add(builder.Step);
    }

    /// <summary>Says a prompt and takes digits into a variable.</summary>
    /// <param name="variable">What the digits are called.</param>
    /// <param name="prompt">Asks for them.</param>
    /// <param name="digits">The fewest and the most.</param>
    /// <param name="collect">Where each outcome leads, and how patient the machine is.</param>
    public TSelf Collect(string variable, Prompt prompt, (int Min, int Max) digits, Action<IvrCollectBuilder>? collect = null)
    {
        var builder = new IvrCollectBuilder(new(variable, prompt, digits.Min, digits.Max));
        collect?.Invoke(builder);
        return Add(builder.Step);
    }

    /// <summary>Says a prompt and asks by key whether the caller may be recorded.</summary>
    /// <param name="prompt">Names the keys.</param>
    /// <param name="consent">Where each answer leads, and what silence means.</param>
    public TSelf RecordingConsent(Prompt prompt, Action<IvrConsentBuilder>? consent = null)
    {
        var builder = new IvrConsentBuilder(prompt);
        consent?.Invoke(builder);
        return Add(builder.Step);
    }

    /// <summary>Puts silence on the recording from here on.</summary>
    public TSelf PauseRecording() => Add(new IvrStep.PauseRecording());

    /// <summary>Puts the voices on the recording again.</summary>
    public TSelf ResumeRecording() => Add(new IvrStep.ResumeRecording());

    /// <summary>Gives a variable a value.</summary>
    public TSelf Set(string variable, string value) => Add(new IvrStep.Set(variable, value));

    /// <summary>Goes where the value of a variable leads.</summary>
    public TSelf When(string variable, Action<IvrWhenBuilder> when)
    {
        ArgumentNullException.ThrowIfNull(when);
        var builder = new IvrWhenBuilder(variable);
        when(builder);
        return Add(builder.Step);
    }

    /// <summary>Brings the caller to an agent.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="queue">Where each outcome leads; without a node the queue's own overflow target is followed, then the next step.</param>
    public TSelf Queue(string name, Action<IvrQueueBuilder>? queue = null)
    {
        var builder = new IvrQueueBuilder(name);
        queue?.Invoke(builder);
        return Add(builder.Step);
    }

    /// <summary>Goes on with another node.</summary>
    public TSelf GoTo(string node) => Add(new IvrStep.GoTo(node));

    /// <summary>Goes on to another flow.</summary>
    public TSelf GoToFlow(string flow) => Add(new IvrStep.GoToFlow(flow));

    /// <summary>Ends the call.</summary>
    public TSelf HangUp(HangUpCause cause = HangUpCause.Normal) => Add(new IvrStep.HangUp(cause));

    private TSelf Add(IvrStep step)
    {
        _steps.Add(step);
        return (TSelf)this;
    }
}

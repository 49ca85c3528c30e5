using CallCenterKit.Ivr.Documents;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Building;

/// <summary>Says where the outcomes of collecting digits lead, and how patient the machine is.</summary>
public sealed class IvrCollectBuilder
{
    internal IvrCollectBuilder(IvrStep.Collect step) => Step = step;

    internal IvrStep.Collect Step { get; private set; }

    /// <summary>The node after enough digits.</summary>
    public IvrCollectBuilder OnCollected(string node) => With(Step with { Collected = node });

    /// <summary>The node after no key at all.</summary>
    public IvrCollectBuilder OnNoInput(string node) => With(Step with { NoInput = node });

    /// <summary>The node after a wrong input at the last attempt.</summary>
    public IvrCollectBuilder OnInvalid(string node) => With(Step with { Invalid = node });

    /// <summary>Said after each wrong input but the last.</summary>
    public IvrCollectBuilder InvalidPrompt(Prompt prompt) => With(Step with { InvalidPrompt = prompt });

    /// <summary>The key that ends the input: * or #, null for none.</summary>
    public IvrCollectBuilder Terminator(char? key) => With(Step with { Terminator = key?.ToString() ?? "" });

    /// <inheritdoc cref="Input.DigitsRequest.FirstDigitTimeout"/>
    public IvrCollectBuilder FirstDigitTimeout(TimeSpan timeout) => With(Step with { FirstDigitTimeout = timeout });

    /// <inheritdoc cref="Input.DigitsRequest.InterDigitTimeout"/>
    public IvrCollectBuilder InterDigitTimeout(TimeSpan timeout) => With(Step with { InterDigitTimeout = timeout });

    /// <inheritdoc cref="Input.DigitsRequest.Retries"/>
    public IvrCollectBuilder Retries(int retries) => With(Step with { Retries = retries });

    /// <summary>Digits keyed before the prompt do not count.</summary>
    public IvrCollectBuilder NoTypeAhead() => With(Step with { TypeAhead = false });

    private IvrCollectBuilder With(IvrStep.Collect step)
    {
        Step = step;
        return this;
    }
}

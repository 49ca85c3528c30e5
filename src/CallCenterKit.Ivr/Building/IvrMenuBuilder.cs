using CallCenterKit.Ivr.Documents;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Building;

/// <summary>Says where the keys of a menu lead, and how patient it is.</summary>
public sealed class IvrMenuBuilder
{
    internal IvrMenuBuilder(Prompt prompt) => Step = new(prompt, []);

    internal IvrStep.Menu Step { get; private set; }

    /// <summary>A key and the node it leads to.</summary>
    /// <param name="key">0-9, *, # or A-D.</param>
    /// <param name="node">The name of a node.</param>
    public IvrMenuBuilder On(char key, string node) => With(Step with { On = Step.On.Add(new(key.ToString(), node)) });

    /// <summary>The node after no key at all.</summary>
    public IvrMenuBuilder OnNoInput(string node) => With(Step with { NoInput = node });

    /// <summary>The node after a wrong key at the last attempt.</summary>
    /// <param name="node">The name of a node.</param>
    /// <param name="prompt">Said after each wrong key but the last.</param>
    public IvrMenuBuilder OnInvalid(string node, Prompt? prompt = null) => With(Step with { Invalid = node, InvalidPrompt = prompt ?? Step.InvalidPrompt });

    /// <summary>Said after each wrong key but the last.</summary>
    public IvrMenuBuilder InvalidPrompt(Prompt prompt) => With(Step with { InvalidPrompt = prompt });

    /// <inheritdoc cref="Input.Menu.Timeout"/>
    public IvrMenuBuilder Timeout(TimeSpan timeout) => With(Step with { Timeout = timeout });

    /// <inheritdoc cref="Input.Menu.Retries"/>
    public IvrMenuBuilder Retries(int retries) => With(Step with { Retries = retries });

    /// <summary>Keys pressed before the prompt do not count.</summary>
    public IvrMenuBuilder NoTypeAhead() => With(Step with { TypeAhead = false });

    private IvrMenuBuilder With(IvrStep.Menu step)
    {
        Step = step;
        return this;
    }
}

using CallCenterKit.Ivr.Documents;

namespace CallCenterKit.Ivr.Building;

/// <summary>Says where the values of a variable lead.</summary>
public sealed class IvrWhenBuilder
{
    internal IvrWhenBuilder(string variable) => Step = new(variable, []);

    internal IvrStep.When Step { get; private set; }

    /// <summary>A value, compared by ordinal, and the node it leads to. The empty text stands for no value.</summary>
    public IvrWhenBuilder Is(string value, string node) => With(Step with { Is = Step.Is.Add(new(value, node)) });

    /// <summary>The node for all other values.</summary>
    public IvrWhenBuilder Otherwise(string node) => With(Step with { Otherwise = node });

    private IvrWhenBuilder With(IvrStep.When step)
    {
        Step = step;
        return this;
    }
}

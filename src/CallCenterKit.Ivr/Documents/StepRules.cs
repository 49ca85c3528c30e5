using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;

namespace CallCenterKit.Ivr.Documents;

/// <summary>What one step must keep to, whatever node it stands in.</summary>
internal sealed class StepRules(FlowReferences references)
{
    private const int LongestName = 128;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    public IEnumerable<string> Faults(IvrStep step) => step switch
    {
        IvrStep.Play play => OfPrompt(play.Prompt),
        IvrStep.Menu menu => [.. OfPrompt(menu.Prompt), .. OfPrompt(menu.InvalidPrompt), .. OfKeys(menu), .. menu.ToMenu().Faults()],
        IvrStep.Collect collect => [.. OfVariable(collect.Variable), .. OfPrompt(collect.Prompt), .. OfPrompt(collect.InvalidPrompt), .. OfTerminator(collect), .. collect.ToRequest().Faults()],
        IvrStep.Consent consent => [.. OfPrompt(consent.Prompt), .. consent.ToRequest().ToMenu().Faults()],
        IvrStep.Set set => OfVariable(set.Variable),
        IvrStep.When choice => [.. OfVariable(choice.Variable), .. OfValues(choice)],
        IvrStep.Queue queue => OfQueue(queue.Name),
        IvrStep.GoToFlow flow => OfFlow(flow.Flow),
        IvrStep.HangUp hangUp when !Enum.IsDefined(hangUp.Cause) => [$"cause {hangUp.Cause} is unknown"],
        _ => [],
    };

    private IEnumerable<string> OfPrompt(Prompt? prompt)
    {
        if (prompt is null)
            yield break;
        if (prompt.Count == 0)
            yield return "the prompt is empty";
        foreach (var file in prompt.OfType<PromptPart.File>())
        {
            if (string.IsNullOrWhiteSpace(file.Name))
                yield return "a prompt has no name";
            else if (references.Prompts is { } prompts && !prompts.TryFind(file.Name, out _))
                yield return $"prompt '{file.Name}' is not in {prompts.Description}";
        }

        foreach (var silence in prompt.OfType<PromptPart.Silence>())
        {
            if (silence.Duration <= TimeSpan.Zero || silence.Duration > LongestSilence)
                yield return $"silence of {silence.Duration} must be over zero and at most {LongestSilence}";
        }

        foreach (var fault in prompt.Select(OfSpoken).OfType<string>())
            yield return fault;
    }

    /// <summary>What can be told without knowing the caller's language.</summary>
    private static string? OfSpoken(PromptPart part) => part switch
    {
        PromptPart.Number { Value: < 0 } or PromptPart.Count { Value: < 0 } => $"'{part}' must not be negative",
        PromptPart.Period { Value.Ticks: < 0 } duration => $"duration {duration.Value} must not be negative",
        PromptPart.Money money when !SpokenLanguage.CurrencyCodes.Contains(money.Currency) =>
            $"currency '{money.Currency}' cannot be said; there are {string.Join(", ", SpokenLanguage.CurrencyCodes)}",
        PromptPart.Text text when string.IsNullOrWhiteSpace(text.Words) || text.Words.Length > PromptPart.Text.MostCharacters =>
            $"a text must be 1 to {PromptPart.Text.MostCharacters} characters",
        _ => null,
    };

    private static IEnumerable<string> OfKeys(IvrStep.Menu menu) => menu.On.OrEmpty()
        .Where(transition => transition.On.Length != 1)
        .Select(transition => $"key '{transition.On}' must be a single key");

    private static IEnumerable<string> OfTerminator(IvrStep.Collect collect)
    {
        if (collect.Terminator is { Length: > 1 } terminator)
            yield return $"terminator '{terminator}' must be a single key, or empty for none";
    }

    private static IEnumerable<string> OfValues(IvrStep.When choice)
    {
        var values = choice.Is.OrEmpty();
        if (values.IsEmpty)
            yield return "there is no value to compare with";
        foreach (var twice in values.GroupBy(value => value.On).Where(same => same.Count() > 1))
            yield return $"value '{twice.Key}' is used twice";
    }

    private static IEnumerable<string> OfVariable(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
            yield return $"variable '{name}' must be 1 to {LongestName} characters";
    }

    private IEnumerable<string> OfQueue(string name)
    {
        if (!QueueId.TryFrom(name, out _))
            yield return $"queue '{name}' must be 1 to {LongestName} characters";
        else if (references.Queues is { } queues && !queues.Contains(name))
            yield return $"there is no queue '{name}'{Known(queues)}";
    }

    private IEnumerable<string> OfFlow(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            yield return "the flow has no name";
        else if (references.Flows is { } flows && !flows.Contains(name))
            yield return $"there is no flow '{name}'{Known(flows)}";
    }

    private static string Known(IReadOnlySet<string> names) =>
        names.Count == 0 ? "" : $"; there are {string.Join(", ", names.Order(StringComparer.Ordinal))}";
}

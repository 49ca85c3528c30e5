using CallCenterKit.DialPlans;
using CallCenterKit.Model;
using CallCenterKit.Queues;

namespace CallCenterKit.Configuration;

/// <summary>Turns checked options into what the engines read.</summary>
internal static class ModelFactory
{
    public static CallCenterModel Create(CallCenterOptions options, Func<string, string> promptPath) => new(
        Version: 1,
        options.Agents.ToDictionary(pair => new AgentId(pair.Key), pair => Agent(pair.Key, pair.Value)),
        options.Queues.ToDictionary(pair => new QueueId(pair.Key), pair => Queue(pair.Key, pair.Value, promptPath)));

    public static DialPlan CreateDialPlan(CallCenterOptions options)
    {
        var extensions = options.Extensions.Select(pair =>
            KeyValuePair.Create(pair.Key, (DialPlanTarget)new ToExtension(new(pair.Key), pair.Value.Record)));
        var rules = options.DialPlan.Select(pair => KeyValuePair.Create(pair.Key, Target(pair.Value, options)
            ?? throw new InvalidOperationException($"Dial plan target '{pair.Value}' was not checked.")));
        return new(extensions.Concat(rules));
    }

    /// <summary>Reads "flow:NAME", "queue:NAME" or "extension:NUMBER"; null when it is none of these.</summary>
    public static DialPlanTarget? Target(string text, CallCenterOptions options) => text.Split(':', 2) switch
    {
        ["flow", { Length: > 0 } name] => new ToFlow(name),
        ["queue", { Length: > 0 } name] => new ToQueue(new(name)),
        ["extension", { Length: > 0 } number] => new ToExtension(new(number), options.Extensions.TryGetValue(number, out var extension) && extension.Record),
        _ => null,
    };

    private static AgentModel Agent(string id, AgentOptions options) => new(
        new(id),
        options.Name ?? id,
        options.Extension is null ? [] : [new(new(options.Extension), options.Confirm)],
        new Dictionary<string, int> { [Channels.Voice] = options.Calls });

    private static QueueModel Queue(string id, QueueOptions options, Func<string, string> promptPath) =>
        new(new(id), options.Name ?? id, options.Strategy, [.. options.Members.Select(member => new QueueMember(new(member)))])
        {
            RingTime = options.RingTime,
            Retry = RetryRules.After(options.CoolOff),
            MaxWait = options.MaxWait,
            MaxLength = options.MaxLength,
            Overflow = Overflow.TryParse(options.Overflow, out var overflow) ? overflow : null,
            WrapUp = options.WrapUp,
            Record = options.Record,
            Music = options.Music is null ? null : promptPath(options.Music),
            AnswerOnEntry = options.AnswerOnEntry,
            ServiceLevelThreshold = options.ServiceLevelThreshold,
        };
}

using System.ComponentModel.DataAnnotations;
using CallCenterKit.DialPlans;
using CallCenterKit.Flows;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Media.Engine;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Configuration;

/// <summary>Checks the options as a whole, before anything is opened. Each message names the thing, its value and what is allowed.</summary>
internal sealed class CallCenterOptionsValidator(
    IEnumerable<IRoutingStrategy> strategies,
    ConfiguredFlows flows,
    IHostEnvironment environment) : IValidateOptions<CallCenterOptions>
{
    public ValidateOptionsResult Validate(string? name, CallCenterOptions options)
    {
        var faults = new List<string>();
        CheckRanges("CallCenter", options, faults);
        CheckRanges("Sip", options.Sip, faults);
        faults.AddRange(new MediaOptionsValidator().Validate(name, options.Media).Failures ?? []);
        CheckExtensions(options, faults);
        CheckAgents(options, faults);
        CheckQueues(options, faults);
        CheckDialPlan(options, faults);
        CheckPrompt("MusicOnHold", options.MusicOnHold, options, faults);
        CheckPrompt("ConfirmPrompt", options.ConfirmPrompt, options, faults);
        flows.Load(options, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private void CheckExtensions(CallCenterOptions options, List<string> faults)
    {
        foreach (var (number, extension) in options.Extensions)
        {
            CheckRanges($"Extension '{number}'", extension, faults);
            if (number.Length is 0 or > 64 || !number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
                faults.Add($"Extension '{number}' must be 1 to 64 letters, digits, '-', '_' or '.'.");
            if (extension is { Password: not null, PasswordFile: not null })
                faults.Add($"Extension '{number}' has both Password and PasswordFile; give one.");
            if (extension.PasswordFile is { } file && !File.Exists(Path.Combine(environment.ContentRootPath, file)))
                faults.Add($"Extension '{number}': PasswordFile '{file}' does not exist in '{environment.ContentRootPath}'.");
        }
    }

    private static void CheckAgents(CallCenterOptions options, List<string> faults)
    {
        foreach (var (id, agent) in options.Agents)
        {
            CheckRanges($"Agent '{id}'", agent, faults);
            if (agent.Extension is { } extension && !options.Extensions.ContainsKey(extension))
                faults.Add($"Agent '{id}': extension '{extension}' does not exist. Extensions: {List(options.Extensions.Keys)}.");
        }
        foreach (var shared in options.Agents.Where(pair => pair.Value.Extension is not null).GroupBy(pair => pair.Value.Extension).Where(group => group.Count() > 1))
            faults.Add($"Extension '{shared.Key}' is where agents {List(shared.Select(pair => pair.Key))} begin; one extension serves one agent at a time.");
    }

    private void CheckQueues(CallCenterOptions options, List<string> faults)
    {
        foreach (var (id, queue) in options.Queues)
        {
            CheckRanges($"Queue '{id}'", queue, faults);
            if (!strategies.Any(strategy => string.Equals(strategy.Name, queue.Strategy, StringComparison.OrdinalIgnoreCase)))
                faults.Add($"Queue '{id}': strategy '{queue.Strategy}' is unknown. Strategies: {List(strategies.Select(strategy => strategy.Name))}.");
            foreach (var member in queue.Members.Where(member => !options.Agents.ContainsKey(member)))
                faults.Add($"Queue '{id}': member '{member}' is no agent. Agents: {List(options.Agents.Keys)}.");
            if (queue.MaxWait is { } maxWait && queue.RingTime >= maxWait)
                faults.Add($"Queue '{id}': RingTime {queue.RingTime} must be under MaxWait {maxWait}.");
            CheckOverflow(id, queue, options, faults);
            CheckPrompt($"Queue '{id}': Music", queue.Music, options, faults);
        }
    }

    private void CheckOverflow(string id, QueueOptions queue, CallCenterOptions options, List<string> faults)
    {
        var reason = Overflow.TryParse(queue.Overflow, out var overflow) ? overflow switch
        {
            { Kind: OverflowKind.Queue } when overflow.Name == id => "is the queue itself",
            { Kind: OverflowKind.Queue } when !options.Queues.ContainsKey(overflow.Name) => $"names no queue. Queues: {List(options.Queues.Keys)}",
            { Kind: OverflowKind.Flow } when !flows.NamesOf(options).Contains(overflow.Name) => $"names no flow. Flows: {List(flows.NamesOf(options))}",
            _ => null,
        }
        : "must be 'queue:NAME', 'flow:NAME' or 'hangup'";
        if (reason is not null)
            faults.Add($"Queue '{id}': Overflow '{queue.Overflow}' {reason}.");
    }

    private void CheckDialPlan(CallCenterOptions options, List<string> faults)
    {
        foreach (var (pattern, text) in options.DialPlan)
        {
            if (options.Extensions.ContainsKey(pattern))
                faults.Add($"Dial plan number '{pattern}' is also an extension; each number can lead to one place only.");
            var reason = ModelFactory.Target(text, options) switch
            {
                null => "must be 'flow:NAME', 'queue:NAME' or 'extension:NUMBER'",
                ToFlow target when !flows.NamesOf(options).Contains(target.Flow) => $"names no flow. Flows: {List(flows.NamesOf(options))}",
                ToQueue target when !options.Queues.ContainsKey(target.Queue.Value) => $"names no queue. Queues: {List(options.Queues.Keys)}",
                ToExtension target when !options.Extensions.ContainsKey(target.Endpoint.Value) => $"names no extension. Extensions: {List(options.Extensions.Keys)}",
                _ => null,
            };
            if (reason is not null)
                faults.Add($"Dial plan '{pattern}': target '{text}' {reason}.");
        }
        CheckPatterns(options, faults);
    }

    private static void CheckPatterns(CallCenterOptions options, List<string> faults)
    {
        try
        {
            _ = new DialPlan(options.DialPlan.Keys.Select(pattern => KeyValuePair.Create(pattern, (DialPlanTarget)new ToFlow(""))));
        }
        catch (ArgumentException wrong)
        {
            faults.Add(wrong.Message);
        }
    }

    private void CheckPrompt(string what, string? prompt, CallCenterOptions options, List<string> faults)
    {
        if (prompt is null)
            return;
        var folder = new PromptFolder(Path.Combine(environment.ContentRootPath, options.PromptFolder));
        if (!folder.TryFind(prompt, out _))
            faults.Add($"{what} '{prompt}' is not in {folder.Description}.");
    }

    private static string List(IEnumerable<string?> names) => string.Join(", ", names.Select(name => $"'{name}'")) is { Length: > 0 } list ? list : "none";

    private static void CheckRanges(string what, object options, List<string> faults)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new(options), results, validateAllProperties: true))
            return;
        foreach (var result in results)
        {
            var member = result.MemberNames.FirstOrDefault();
            var value = member is null ? null : options.GetType().GetProperty(member)?.GetValue(options);
            faults.Add($"{what}: {member} is '{value}'. {result.ErrorMessage}");
        }
    }
}

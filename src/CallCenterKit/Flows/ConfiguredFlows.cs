using System.Text.Json;
using CallCenterKit.Configuration;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Documents;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Hosting;

namespace CallCenterKit.Flows;

/// <summary>All flows of a center: those added in code and those the configuration names as files.</summary>
internal sealed class ConfiguredFlows(IEnumerable<IFlow> added, IHostEnvironment environment)
{
    /// <summary>Every name there should be, whether its flow can be loaded or not.</summary>
    public IReadOnlySet<string> NamesOf(CallCenterOptions options) =>
        added.Select(flow => flow.Name).Concat(options.Flows.Keys).Concat(options.Mailboxes.Keys.Select(VoicemailFlow.NameOf)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Loads and checks them; what is wrong goes to the faults, each naming the flow and the file.</summary>
    public IReadOnlyList<IFlow> Load(CallCenterOptions options, List<string> faults)
    {
        var flows = added.ToList();
        var references = new FlowReferences
        {
            Prompts = new PromptFolder(Path.Combine(environment.ContentRootPath, options.PromptFolder)),
            Queues = options.Queues.Keys.ToHashSet(StringComparer.Ordinal),
            Flows = NamesOf(options),
        };
        foreach (var written in flows.OfType<IvrFlow>())
            faults.AddRange(IvrFlow.Validate(written.Document, references).Select(fault => $"Flow '{written.Name}': {fault}"));
        foreach (var (name, file) in options.Flows)
        {
            if (Read(name, file, references, faults) is { } flow)
                flows.Add(flow);
        }
        foreach (var twice in flows.GroupBy(flow => flow.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            faults.Add($"Flow '{twice.Key}' is there {twice.Count()} times; each name can be one flow only.");
        // A flow of the host's takes the place of the one that would be there by itself.
        flows.AddRange(options.Mailboxes.Where(pair => flows.TrueForAll(flow => flow.Name != VoicemailFlow.NameOf(pair.Key)))
            .Select(pair => new VoicemailFlow(pair.Key, pair.Value)).ToList());
        return flows;
    }

    private IvrFlow? Read(string name, string file, FlowReferences references, List<string> faults)
    {
        try
        {
            var flow = IvrFlow.FromJson(File.ReadAllText(Path.Combine(environment.ContentRootPath, file)), references);
            if (flow.Name == name)
                return flow;
            faults.Add($"Flow '{name}': file '{file}' holds flow '{flow.Name}'.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FlowValidationException)
        {
            faults.Add($"Flow '{name}', file '{file}': {fault.Message}");
        }
        return null;
    }
}

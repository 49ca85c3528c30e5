using CallCenterKit.Configuration;
using CallCenterKit.Flows;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Playlists;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Hosting;

namespace CallCenterKit.Hosting;

/// <summary>Turns checked options into what a running center works with.</summary>
internal sealed class SetupFactory(ConfiguredFlows flows, IHostEnvironment environment, TimeProvider time)
{
    private readonly PinAttempts _attempts = new(time);

    public CenterSetup Create(CallCenterOptions options, long version)
    {
        var prompts = PromptsOf(options);
        var model = ModelFactory.Create(options, prompt => PathOf(prompts, prompt), version);
        return new(
            model,
            ModelFactory.CreateDialPlan(options),
            new FlowCatalog(flows.Load(options, [])), // checked before
            new(CodesOf(options), _attempts),
            ModelFactory.Numbers(options))
        {
            Phones = options.Extensions.ToDictionary(pair => new EndpointId(pair.Key), pair => pair.Value.CallerId),
            Mobiles = model.Agents.Values.SelectMany(agent => agent.Endpoints).Where(each => each.Number is not null).Select(each => each.Endpoint).ToHashSet(),
            Supervision = new([.. options.Supervisors]),
            Keeping = new(
                options.Recording.Retention,
                options.Queues.Where(pair => pair.Value.RecordingRetention is not null).ToDictionary(pair => new QueueId(pair.Key), pair => pair.Value.RecordingRetention!.Value),
                options.Mailboxes.Where(pair => pair.Value.Retention is not null).ToDictionary(pair => new MailboxId(pair.Key), pair => pair.Value.Retention!.Value)),
            Playlists = ModelFactory.Playlists(options, prompt => PathOf(prompts, prompt)),
            QuietHours = options.Queues.Where(pair => pair.Value.TellQuietHour).ToDictionary(
                pair => new QueueId(pair.Key), pair => new QuietHour(pair.Value.QuietHourCalls, pair.Value.QuietHourGain, pair.Value.TimeZone)),
            Mailboxes = MailboxModel.Of(options),
            MailboxPins = new(PinsOf(options), _attempts),
            EmergencyNumbers = options.EmergencyNumbers.ToHashSet(StringComparer.Ordinal),
        };
    }

    public PromptFolder PromptsOf(CallCenterOptions options) => new(Path.Combine(environment.ContentRootPath, options.PromptFolder));

    public static string PathOf(PromptFolder prompts, string prompt) => prompts.TryFind(prompt, out var path)
        ? path
        : throw new FileNotFoundException($"Prompt '{prompt}' is not in {prompts.Description}.", prompt);

    private Dictionary<MailboxId, string> PinsOf(CallCenterOptions options) => options.Mailboxes
        .Select(pair => (Mailbox: new MailboxId(pair.Key), Pin: Secrets.PinOf(pair.Value, environment.ContentRootPath)))
        .Where(pair => pair.Pin is not null)
        .ToDictionary(pair => pair.Mailbox, pair => pair.Pin!);

    private Dictionary<string, (AgentId Agent, string Pin)> CodesOf(CallCenterOptions options) => options.Agents
        .Where(pair => pair.Value.Code is not null)
        .ToDictionary(pair => pair.Value.Code!, pair => (new AgentId(pair.Key), Secrets.PinOf(pair.Value, environment.ContentRootPath)!), StringComparer.Ordinal);
}

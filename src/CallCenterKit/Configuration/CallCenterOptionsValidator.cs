using CallCenterKit.DialPlans;
using CallCenterKit.Flows;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Media.Engine;
using CallCenterKit.Model;
using CallCenterKit.Playlists;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using CallCenterKit.Supervisors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Configuration;

/// <summary>Checks the options as a whole, before anything is opened. Each message names the thing, its value and what is allowed.</summary>
internal sealed class CallCenterOptionsValidator(
    IEnumerable<IRoutingStrategy> strategies,
    IEnumerable<IAgentScorer> scorers,
    IEnumerable<SpokenLanguage> languages,
    IEnumerable<ITextToSpeech> engines,
    ConfiguredFlows flows,
    IHostEnvironment environment) : IValidateOptions<CallCenterOptions>
{
    private readonly OptionRules _rules = new();

    public ValidateOptionsResult Validate(string? name, CallCenterOptions options)
    {
        var faults = new List<string>();
        CheckRanges("CallCenter", options, faults);
        CheckRanges("Sip", options.Sip, faults);
        CheckRanges("Recording", options.Recording, faults);
        faults.AddRange(new MediaOptionsValidator().Validate(name, options.Media).Failures ?? []);
        CheckExtensions(options, faults);
        CheckTrunks(options, faults);
        CheckAgents(options, faults);
        CheckQueues(options, faults);
        CheckMailboxes(options, faults);
        faults.AddRange(new MailboxValidation(environment.ContentRootPath).Faults(options));
        CheckPlaylists(options, faults);
        CheckDialPlan(options, faults);
        CheckSupervisors(options, faults);
        foreach (var (rule, outside) in options.OutsideRules)
            CheckRanges($"Outside rule '{rule}'", outside, faults);
        faults.AddRange(OutsideValidation.Faults(options));
        faults.AddRange(RecordingTexts.Faults(options));
        CheckPrompt("MusicOnHold", options.MusicOnHold, options, faults);
        CheckPrompt("ConfirmPrompt", options.ConfirmPrompt, options, faults);
        faults.AddRange(ModelFactory.Numbers(options).Faults().Select(fault => $"Numbers: {fault}"));
        if (!languages.Any(language => language.Name == options.Language))
            faults.Add($"Language is '{options.Language}'; languages are {List(languages.Select(language => language.Name))}.");
        CheckSpeech(options.Speech, faults);
        flows.Load(options, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private void CheckSpeech(SpokenTextOptions options, List<string> faults)
    {
        CheckRanges("Speech", options, faults);
        if (options.Engine is not { } name)
            return;
        if (engines.FirstOrDefault(each => each.Name == name) is not { } engine)
            faults.Add($"Speech: Engine '{name}' is unknown. Engines: {List(engines.Select(each => each.Name))}.");
        else if (engine.Fault is { } fault)
            faults.Add($"Speech: Engine '{name}': {fault}");
    }

    private void CheckExtensions(CallCenterOptions options, List<string> faults)
    {
        foreach (var (number, extension) in options.Extensions)
        {
            CheckRanges($"Extension '{number}'", extension, faults);
            if (number.Length is 0 or > 64 || !number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
                faults.Add($"Extension '{number}' must be 1 to 64 letters, digits, '-', '_' or '.'.");
            if (extension.CallerId is { } shown && !ToOutside.IsNumber(shown))
                faults.Add($"Extension '{number}': CallerId '{shown}' must be 1 to 32 digits, after a '+' or not.");
            if (extension is { Password: not null, PasswordFile: not null })
                faults.Add($"Extension '{number}' has both Password and PasswordFile; give one.");
            if (extension.PasswordFile is { } file && !File.Exists(Path.Combine(environment.ContentRootPath, file)))
                faults.Add($"Extension '{number}': PasswordFile '{file}' does not exist in '{environment.ContentRootPath}'.");
        }
    }

    private void CheckTrunks(CallCenterOptions options, List<string> faults)
    {
        foreach (var trunk in options.Sip.Trunks)
        {
            if (trunk is { Password: not null, PasswordFile: not null })
                faults.Add($"Trunk '{trunk.Name}' has both Password and PasswordFile; give one.");
            if (trunk.PasswordFile is { } file && !File.Exists(Path.Combine(environment.ContentRootPath, file)))
                faults.Add($"Trunk '{trunk.Name}': PasswordFile '{file}' does not exist in '{environment.ContentRootPath}'.");
        }
    }

    private void CheckAgents(CallCenterOptions options, List<string> faults)
    {
        foreach (var (id, agent) in options.Agents)
        {
            CheckRanges($"Agent '{id}'", agent, faults);
            if (!AgentId.TryFrom(id, out _) || id.Contains(';', StringComparison.Ordinal))
                faults.Add($"Agent '{id}' must be 1 to 128 characters without ';'.");
            if (agent.Extension is { } extension && !options.Extensions.ContainsKey(extension))
                faults.Add($"Agent '{id}': extension '{extension}' does not exist. Extensions: {List(options.Extensions.Keys)}.");
            foreach (var (channel, most) in agent.Capacity.Where(pair => pair.Value is < 1 or > 100))
                faults.Add($"Agent '{id}': Capacity of '{channel}' is {most}; it must be 1 to 100.");
            CheckPrompt($"Agent '{id}': Greeting", agent.Greeting, options, faults);
            CheckSkills(id, agent, faults);
            CheckCode(id, agent, faults);
        }
        foreach (var shared in options.Agents.Where(pair => pair.Value.Extension is not null).GroupBy(pair => pair.Value.Extension).Where(group => group.Count() > 1))
            faults.Add($"Extension '{shared.Key}' is where agents {List(shared.Select(pair => pair.Key))} begin; one extension serves one agent at a time.");
        foreach (var shared in options.Agents.Where(pair => pair.Value.Code is not null).GroupBy(pair => pair.Value.Code).Where(group => group.Count() > 1))
            faults.Add($"Code '{shared.Key}' belongs to agents {List(shared.Select(pair => pair.Key))}; each agent needs their own.");
    }

    private static void CheckSkills(string id, AgentOptions agent, List<string> faults)
    {
        try
        {
            _ = SkillSet.Parse(agent.Skills);
        }
        catch (FormatException wrong)
        {
            faults.Add($"Agent '{id}': {wrong.Message}");
        }
    }

    /// <summary>No message holds a PIN.</summary>
    private void CheckCode(string id, AgentOptions agent, List<string> faults)
    {
        if (agent.Code is { } code && (code.Length is < 1 or > 16 || !code.All(char.IsAsciiDigit)))
            faults.Add($"Agent '{id}': Code '{code}' must be 1 to 16 digits.");
        if (agent is { Pin: not null, PinFile: not null })
            faults.Add($"Agent '{id}' has both Pin and PinFile; give one.");
        else if (agent.PinFile is { } file && !File.Exists(Path.Combine(environment.ContentRootPath, file)))
            faults.Add($"Agent '{id}': PinFile '{file}' does not exist in '{environment.ContentRootPath}'.");
        else if (agent.Code is not null && !(Secrets.PinOf(agent, environment.ContentRootPath) is { Length: >= 4 and <= 16 } pin && pin.All(char.IsAsciiDigit)))
            faults.Add($"Agent '{id}' has a Code and needs a Pin of 4 to 16 digits, by Pin or PinFile.");
    }

    private void CheckPlaylists(CallCenterOptions options, List<string> faults)
    {
        foreach (var (name, playlist) in options.Playlists)
        {
            CheckRanges($"Playlist '{name}'", playlist, faults);
            if (name.Length is 0 or > 64 || name.Contains('/', StringComparison.Ordinal))
                faults.Add($"Playlist '{name}' must be 1 to 64 characters without '/'.");
            if (playlist.Music.Count == 0)
                faults.Add($"Playlist '{name}' has no music.");
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(playlist.TimeZone, out _))
                faults.Add($"Playlist '{name}': TimeZone '{playlist.TimeZone}' is unknown; give an IANA name such as 'Europe/Vilnius', or 'UTC'.");
            foreach (var text in playlist.Music.Concat(playlist.Adverts))
            {
                if (PlaylistTexts.Item(PlaylistItemKind.Music, text) is null)
                    faults.Add($"Playlist '{name}': '{text}' must be 'PROMPT', after which ';weight=N' from 1 to 100 and parts of the day such as ';06:00-10:00' may follow.");
                CheckPrompt($"Playlist '{name}':", PlaylistTexts.PromptOf(text), options, faults);
            }
        }
    }

    private void CheckMailboxes(CallCenterOptions options, List<string> faults)
    {
        foreach (var (name, mailbox) in options.Mailboxes)
        {
            CheckRanges($"Mailbox '{name}'", mailbox, faults);
            CheckPrompt($"Mailbox '{name}': Greeting", mailbox.Greeting, options, faults);
        }
    }

    private void CheckQueues(CallCenterOptions options, List<string> faults)
    {
        foreach (var (id, queue) in options.Queues)
        {
            CheckRanges($"Queue '{id}'", queue, faults);
            CheckRanges($"Queue '{id}': Retry", queue.Retry, faults);
            CheckRanges($"Queue '{id}': Callback", queue.Callback, faults);
            CheckChoosing(id, queue, options, faults);
            CheckWaiting(id, queue, options, faults);
            if (queue.Music is null || !options.Playlists.ContainsKey(queue.Music))
                CheckPrompt($"Queue '{id}': Music", queue.Music, options, faults);
            if (queue.TellQuietHour && !(queue.Music is { } music && options.Playlists.TryGetValue(music, out var playlist) && playlist.Tips))
                faults.Add($"Queue '{id}': TellQuietHour needs a playlist with Tips as its Music.");
            if (queue.MaxWait is { } maxWait && queue.RingTime >= maxWait)
                faults.Add($"Queue '{id}': RingTime {queue.RingTime} must be under MaxWait {maxWait}.");
            if (queue.WrapUpMode == WrapUpMode.Mandatory && queue.WrapUp == TimeSpan.Zero)
                faults.Add($"Queue '{id}': WrapUp is 00:00:00, and WrapUpMode Mandatory needs time for a disposition.");
        }
    }

    private void CheckChoosing(string id, QueueOptions queue, CallCenterOptions options, List<string> faults)
    {
        CheckStrategy(id, "strategy", queue.Strategy, faults);
        if (queue.VipStrategy is { } vip)
            CheckStrategy(id, "VipStrategy", vip, faults);
        if (queue.Scorer is { } scorer && !scorers.Any(each => string.Equals(each.Name, scorer, StringComparison.OrdinalIgnoreCase)))
            faults.Add($"Queue '{id}': scorer '{scorer}' is unknown. Scorers: {List(scorers.Select(each => each.Name))}.");
        foreach (var member in queue.Members)
        {
            if (!options.Agents.ContainsKey(QueueTexts.MemberName(member)))
                faults.Add($"Queue '{id}': member '{QueueTexts.MemberName(member)}' is no agent. Agents: {List(options.Agents.Keys)}.");
            else if (QueueTexts.Member(member) is null)
                faults.Add($"Queue '{id}': member '{member}' must be 'AGENT', or 'AGENT;tier=N;weight=N' with numbers from 1 to 100.");
        }
        if (!SkillExpression.TryParse(queue.Requirement, out _, out var fault))
            faults.Add($"Queue '{id}': Requirement '{queue.Requirement}' {fault}.");
        foreach (var text in queue.Relaxation)
        {
            if (QueueTexts.Relaxation(text, out var wrong) is null)
                faults.Add($"Queue '{id}': Relaxation '{text}' {wrong}.");
        }
        CheckRising(id, "Relaxation", queue.Relaxation.Select(text => QueueTexts.Relaxation(text, out _)?.After), faults);
        CheckRising(id, "TierOpenings", queue.TierOpenings.Select(time => (TimeSpan?)time), faults);
    }

    private void CheckStrategy(string id, string what, string name, List<string> faults)
    {
        if (!strategies.Any(strategy => string.Equals(strategy.Name, name, StringComparison.OrdinalIgnoreCase)))
            faults.Add($"Queue '{id}': {what} '{name}' is unknown. Strategies: {List(strategies.Select(strategy => strategy.Name))}.");
    }

    private void CheckWaiting(string id, QueueOptions queue, CallCenterOptions options, List<string> faults)
    {
        CheckOverflow(id, "Overflow", queue.Overflow, options, faults);
        CheckOverflow(id, "EmptyOverflow", queue.EmptyOverflow, options, faults);
        CheckOverflow(id, "ClosedOverflow", queue.ClosedOverflow, options, faults);
        foreach (var text in queue.Steps)
        {
            if (QueueTexts.Step(text) is { } step)
                CheckOverflow(id, "Steps", step.To.ToString(), options, faults);
            else
                faults.Add($"Queue '{id}': step '{text}' must be a time and where to, such as '60s queue:NAME' or '2m callback'.");
        }
        CheckRising(id, "Steps", queue.Steps.Select(text => QueueTexts.Step(text)?.After), faults);
        if (queue.Callback.Key is { } key && !(char.IsAsciiDigit(key) || key is '*' or '#'))
            faults.Add($"Queue '{id}': Callback: Key '{key}' must be 0 to 9, * or #.");
        if (queue.JoinWhile == AgentPresences.None || queue.StayWhile == AgentPresences.None)
            faults.Add($"Queue '{id}': JoinWhile and StayWhile must name a state, or be left out.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(queue.TimeZone, out _))
            faults.Add($"Queue '{id}': TimeZone '{queue.TimeZone}' is unknown; give an IANA name such as 'Europe/Vilnius', or 'UTC'.");
        else
            faults.AddRange(QueueTexts.HoursFaults(queue).Select(fault => $"Queue '{id}': {fault}"));
    }

    private static void CheckRising(string id, string what, IEnumerable<TimeSpan?> times, List<string> faults)
    {
        var last = TimeSpan.Zero;
        foreach (var time in times.OfType<TimeSpan>())
        {
            if (time <= last && time > TimeSpan.Zero)
                faults.Add($"Queue '{id}': {what}: {time} must come after {last}.");
            last = time;
        }
    }

    private void CheckOverflow(string id, string what, string? text, CallCenterOptions options, List<string> faults)
    {
        if (text is null)
            return;
        var reason = Overflow.TryParse(text, out var overflow) ? overflow switch
        {
            { Kind: OverflowKind.Queue } when overflow.Name == id => "is the queue itself",
            { Kind: OverflowKind.Queue } when !options.Queues.ContainsKey(overflow.Name) => $"names no queue. Queues: {List(options.Queues.Keys)}",
            { Kind: OverflowKind.Flow } when !flows.NamesOf(options).Contains(overflow.Name) => $"names no flow. Flows: {List(flows.NamesOf(options))}",
            { Kind: OverflowKind.Voicemail } when !flows.NamesOf(options).Contains(overflow.ToString()) => $"names no mailbox: there is no flow '{overflow}' that takes its messages",
            { Kind: OverflowKind.Number } when !LeadsSomewhere(overflow.Name, options) => "leads nowhere: neither an extension nor the dial plan names it",
            { Kind: OverflowKind.Message } when !HasPrompt(overflow.Name, options, out var folder) => $"names no prompt in {folder}",
            _ => null,
        }
        : "must be 'queue:NAME', 'flow:NAME', 'voicemail:NAME', 'message:PROMPT', 'number:NUMBER', 'callback' or 'hangup'";
        if (reason is not null)
            faults.Add($"Queue '{id}': {what} '{text}' {reason}.");
    }

    private static bool LeadsSomewhere(string number, CallCenterOptions options) =>
        options.Extensions.ContainsKey(number)
        || options.DialPlan.Keys.Any(pattern => pattern == number || (pattern.EndsWith('*') && number.StartsWith(pattern[..^1], StringComparison.Ordinal)));

    private void CheckDialPlan(CallCenterOptions options, List<string> faults)
    {
        foreach (var (pattern, text) in options.DialPlan)
        {
            if (options.Extensions.ContainsKey(pattern))
                faults.Add($"Dial plan number '{pattern}' is also an extension; each number can lead to one place only.");
            var reason = ModelFactory.Target(text, options) switch
            {
                null when RecordingTexts.IsFaulty(text) => $"must name after ';recording=' one of {RecordingTexts.Names}",
                null => "must be 'flow:NAME', 'queue:NAME', 'vip:QUEUE', 'extension:NUMBER', 'agent:ID', 'outside', 'outside:RULE' or 'feature:NAME'",
                ToFeature target when SupervisorFeature.RoleOf(target.Feature) is not null => SupervisorFeature.Fault(pattern),
                ToFeature target => FeatureFlow.Fault(target.Feature, options.BreakKinds),
                ToFlow target when !flows.NamesOf(options).Contains(target.Flow) => $"names no flow. Flows: {List(flows.NamesOf(options))}",
                ToQueue target when !options.Queues.ContainsKey(target.Queue.Value) => $"names no queue. Queues: {List(options.Queues.Keys)}",
                ToAgent target when !options.Agents.ContainsKey(target.Agent.Value) => $"names no agent. Agents: {List(options.Agents.Keys)}",
                ToOutside target => OutsideValidation.Fault(pattern, target, options),
                ToExtension target when !options.Extensions.ContainsKey(target.Endpoint.Value) => $"names no extension. Extensions: {List(options.Extensions.Keys)}",
                _ => null,
            };
            if (reason is not null)
                faults.Add($"Dial plan '{pattern}': target '{text}' {reason}.");
        }
        CheckPatterns(options, faults);
    }

    private void CheckSupervisors(CallCenterOptions options, List<string> faults)
    {
        foreach (var rule in options.Supervisors)
        {
            CheckRanges($"Supervisor '{rule.Who}'", rule, faults);
            if (!Enum.IsDefined(rule.Role))
                faults.Add($"Supervisor '{rule.Who}': Role is '{rule.Role}'; it must be Listen, Whisper or Barge.");
            foreach (var queue in rule.Queues.Where(queue => queue != SupervisionRights.All && !options.Queues.ContainsKey(queue)))
                faults.Add($"Supervisor '{rule.Who}': queue '{queue}' does not exist. Queues: {List(options.Queues.Keys)}.");
            foreach (var agent in rule.Agents.Where(agent => agent != SupervisionRights.All && !options.Agents.ContainsKey(agent)))
                faults.Add($"Supervisor '{rule.Who}': agent '{agent}' does not exist. Agents: {List(options.Agents.Keys)}.");
            if (rule is { Queues.Count: 0, Agents.Count: 0 })
                faults.Add($"Supervisor '{rule.Who}' may hear nobody; name Queues or Agents.");
        }
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
        if (prompt is not null && !HasPrompt(prompt, options, out var folder))
            faults.Add($"{what} '{prompt}' is not in {folder}.");
    }

    private bool HasPrompt(string prompt, CallCenterOptions options, out string description)
    {
        var folder = new PromptFolder(Path.Combine(environment.ContentRootPath, options.PromptFolder));
        description = folder.Description;
        return folder.TryFind(prompt, out _);
    }

    private static string List(IEnumerable<string?> names) => string.Join(", ", names.Select(name => $"'{name}'")) is { Length: > 0 } list ? list : "none";

    private void CheckRanges(string what, object options, List<string> faults)
    {
        foreach (var (property, value, allowed) in _rules.Broken(options))
            faults.Add($"{what}: {property} is '{value}'. {allowed}");
    }
}

using CallCenterKit.Contacts;
using CallCenterKit.DialPlans;
using CallCenterKit.Model;
using CallCenterKit.Playlists;
using CallCenterKit.Queues;
using CallCenterKit.Skills;

namespace CallCenterKit.Configuration;

/// <summary>Turns checked options into what the engines read.</summary>
internal static class ModelFactory
{
    public static CallCenterModel Create(CallCenterOptions options, Func<string, string> promptPath, long version = 1) => new(
        version,
        options.Agents.ToDictionary(pair => new AgentId(pair.Key), pair => Agent(pair.Key, pair.Value, promptPath)),
        options.Queues.ToDictionary(pair => new QueueId(pair.Key), pair => Queue(pair.Key, pair.Value, promptPath, MusicOf(pair.Key, pair.Value.Music, options, promptPath))))
    {
        BreakKinds = [.. options.BreakKinds],
        Recording = options.Recording.Mode,
    };

    public static DialPlan CreateDialPlan(CallCenterOptions options)
    {
        var extensions = options.Extensions.Select(pair =>
            KeyValuePair.Create(pair.Key, (DialPlanTarget)Extension(pair.Key, options)));
        var rules = options.DialPlan.Select(pair => KeyValuePair.Create(pair.Key, Target(pair.Value, options)
            ?? throw new InvalidOperationException($"Dial plan target '{pair.Value}' was not checked.")));
        return new(extensions.Concat(rules));
    }

    /// <summary>How callers' numbers are written.</summary>
    public static NumberPlan Numbers(CallCenterOptions options) =>
        new(options.Numbers.CountryCode ?? "", options.Numbers.InternationalPrefix, options.Numbers.TrunkPrefix);

    /// <summary>Reads a target of the dial plan and, if it follows, how its calls are recorded: "queue:NAME;recording=FromIvr"; null when it is no target.</summary>
    public static DialPlanTarget? Target(string text, CallCenterOptions options) => text.Split(RecordingTexts.Mark, 2) switch
    {
        [var target] => Place(target, options),
        [var target, var mode] when RecordingTexts.Mode(mode) is { } rule && Place(target, options) is { } known => known with { Recording = rule },
        _ => null,
    };

    /// <summary>What waiting callers hear, by name.</summary>
    public static IReadOnlyDictionary<string, Playlist> Playlists(CallCenterOptions options, Func<string, string> promptPath) => options.Playlists.ToDictionary(
        pair => pair.Key,
        pair => new Playlist(pair.Key,
        [
            .. pair.Value.Music.Select(text => Item(PlaylistItemKind.Music, text, promptPath)),
            .. pair.Value.Adverts.Select(text => Item(PlaylistItemKind.Advert, text, promptPath)),
            .. pair.Value.Tips ? [new PlaylistItem(PlaylistItemKind.Tip, "")] : Array.Empty<PlaylistItem>(),
        ])
        {
            MusicBetween = pair.Value.MusicBetween,
            TimeZone = pair.Value.TimeZone,
        });

    /// <summary>Reads "flow:NAME", "queue:NAME", "vip:QUEUE", "extension:NUMBER", "agent:ID", "outside", "outside:RULE" or "feature:NAME"; null when it is none of these.</summary>
    private static DialPlanTarget? Place(string text, CallCenterOptions options) => text.Split(':', 2) switch
    {
        ["flow", { Length: > 0 } name] => new ToFlow(name),
        ["queue", { Length: > 0 } name] => new ToQueue(new(name)),
        ["vip", { Length: > 0 } name] => new ToQueue(new(name), Vip: true),
        ["feature", { Length: > 0 } name] => new ToFeature(name),
        ["agent", { Length: > 0 } agent] => new ToAgent(new(agent)),
        ["outside"] => new ToOutside(),
        ["outside", { Length: > 0 } rule] => Outside(rule, options.OutsideRules.TryGetValue(rule, out var known) ? known : new()),
        ["extension", { Length: > 0 } number] => Extension(number, options),
        _ => null,
    };

    private static ToExtension Extension(string number, CallCenterOptions options) => new(new(number))
    {
        Recording = options.Extensions.TryGetValue(number, out var extension) ? RecordingTexts.Mode(extension.Recording, extension.Record) : null,
    };

    private static ToOutside Outside(string name, OutsideRuleOptions options) => new(name)
    {
        Trunks = [.. options.Trunks],
        Strip = options.Strip,
        Prefix = options.Prefix,
        CallerId = options.CallerId,
        CallerName = options.CallerName,
        Recording = RecordingTexts.Mode(options.Recording, options.Record),
        Queue = options.Queue is { } queue ? new(queue) : null,
        RingTime = options.RingTime,
        Callers = options.Callers.Count == 0 ? null : new(
            Named("extension", options.Callers).Select(number => new EndpointId(number)).ToHashSet(),
            Named("agent", options.Callers).Select(agent => new AgentId(agent)).ToHashSet()),
        FromTrunks = [.. options.FromTrunks],
        CallsBack = options.CallsBack,
    };

    private static IEnumerable<string> Named(string kind, IEnumerable<string> texts) =>
        texts.Select(text => text.Split(':', 2)).Where(parts => parts is [var first, _] && first == kind).Select(parts => parts[1]);

    /// <summary>A number outside has an id of its own, so that it stands in no event and no record.</summary>
    private static AgentEndpoint Phone(string agent, int index, AgentPhoneOptions options) => options.Number is { } number
        ? new(new($"{agent}/{index + 1}"), options.Confirm ?? true) { Number = number }
        : new(new(options.Extension ?? ""), options.Confirm ?? false);

    private static AgentModel Agent(string id, AgentOptions options, Func<string, string> promptPath) => new(
        new(id),
        options.Name ?? id,
        options.Extension is { } extension ? [new(new(extension), options.Confirm)] : [.. options.Extensions.Select((phone, index) => Phone(id, index, phone))],
        new Dictionary<string, int>(options.Capacity) { [Channels.Voice] = options.Calls })
    {
        RingOrder = options.Ring,
        Skills = SkillSet.Parse(options.Skills),
        Interruptible = options.Interruptible.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value]),
        Greeting = Path(options.Greeting, promptPath),
        Recording = options.Recording,
    };

    private static QueueModel Queue(string id, QueueOptions options, Func<string, string> promptPath, string? music) =>
        new(new(id), options.Name ?? id, options.Strategy, [.. options.Members.Select(text => Checked(QueueTexts.Member(text), text))])
        {
            VipStrategy = options.VipStrategy,
            Scorer = options.Scorer,
            ScorerTimeout = options.ScorerTimeout,
            Requirement = SkillExpression.Parse(options.Requirement ?? ""),
            Relaxation = [.. options.Relaxation.Select(text => Checked(QueueTexts.Relaxation(text, out _), text))],
            TierOpenings = [.. options.TierOpenings],
            Window = options.Window,
            RollingWindow = options.RollingWindow,
            TimeZone = options.TimeZone,
            StickyWait = options.Sticky ? options.StickyWait : TimeSpan.Zero,
            RingTime = options.RingTime,
            Retry = new(options.Retry.NoAnswer, options.Retry.Busy, options.Retry.Rejected, options.Retry.Unreachable),
            AutoPauseAfter = options.AutoPauseAfter,
            Credit = options.Credit,
            VipCredit = options.VipCredit,
            MaxLength = options.MaxLength,
            Steps = [.. options.Steps.Select(text => Checked(QueueTexts.Step(text), text))],
            MaxWait = options.MaxWait,
            Overflow = Overflow(options.Overflow),
            JoinRule = options.JoinWhile is { } join ? new(join) : null,
            LeaveRule = options.StayWhile is { } stay ? new(stay, options.StayGrace) : null,
            EmptyOverflow = Overflow(options.EmptyOverflow),
            Hours = QueueTexts.Hours(options),
            ClosedOverflow = Overflow(options.ClosedOverflow),
            AtClosing = options.AtClosing,
            Announcements = options is { AnnouncePlace: false, AnnounceWait: false, Callback.Key: null }
                ? null
                : new(options.AnnounceFirst, options.AnnounceEvery, options.AnnouncePlace, options.AnnounceWait),
            Callbacks = new()
            {
                Key = options.Callback.Key,
                Attempts = options.Callback.Attempts,
                RetryAfter = options.Callback.RetryAfter,
                Expiry = options.Callback.Expiry,
            },
            Music = music,
            AnswerOnEntry = options.AnswerOnEntry,
            Whisper = options.Whisper,
            Recording = RecordingTexts.Mode(options.Recording, options.Record),
            WrapUpMode = options.WrapUpMode,
            WrapUp = options.WrapUp,
            Dispositions = [.. options.Dispositions],
            DispositionRequired = options.DispositionRequired,
            ServiceLevelThreshold = options.ServiceLevelThreshold,
        };

    private static string? MusicOf(string queue, string? music, CallCenterOptions options, Func<string, string> promptPath) =>
        music is not null && options.Playlists.ContainsKey(music) ? new PlaylistMusic(music, new(queue)).ToString() : Path(music, promptPath);

    private static string? Path(string? prompt, Func<string, string> promptPath) => prompt is null ? null : promptPath(prompt);

    private static Overflow? Overflow(string? text) => Queues.Overflow.TryParse(text, out var overflow) ? overflow : null;

    private static PlaylistItem Item(PlaylistItemKind kind, string text, Func<string, string> promptPath)
    {
        var item = Checked(PlaylistTexts.Item(kind, text), text);
        return item with { Path = promptPath(item.Path) };
    }

    private static T Checked<T>(T? value, string text)
        where T : class => value ?? throw new InvalidOperationException($"'{text}' was not checked.");
}

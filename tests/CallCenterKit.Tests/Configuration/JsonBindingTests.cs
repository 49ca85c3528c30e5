using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CallCenterKit.Configuration;
using CallCenterKit.DialPlans;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Media.Engine;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Sip;
using Microsoft.Extensions.Configuration;

namespace CallCenterKit.Tests.Configuration;

/// <summary>Whatever code can set, appsettings.json can set.</summary>
public sealed class JsonBindingTests
{
    private const string Everything = """
        { "CallCenter": {
          "Center": "north", "PromptFolder": "sounds", "MusicOnHold": "hold.wav", "ConfirmPrompt": "confirm.wav", "Language": "lt",
          "BreakKinds": [ "lunch" ], "DrainTime": "00:00:07",
          "Numbers": { "CountryCode": "370", "InternationalPrefix": "011", "TrunkPrefix": "8" },
          "Extensions": { "100": { "Password": "a", "PasswordFile": "b", "Contact": "sip:100@192.0.2.7", "CallerId": "370100", "Srtp": "Required", "Record": true, "Recording": "FromIvr" } },
          "OutsideRules": { "city": {
            "Trunks": [ "a", "b" ], "Strip": 1, "Prefix": "+370", "CallerId": "370200", "CallerName": "North", "Record": true, "Recording": "OnDemand", "Queue": "support",
            "RingTime": "00:00:40", "Callers": [ "agent:alice", "extension:100" ], "FromTrunks": [ "a" ], "CallsBack": true } },
          "EmergencyNumbers": [ "112" ],
          "Agents": { "alice": {
            "Name": "Alice", "Extension": "100", "Confirm": true, "Extensions": [ { "Extension": "101", "Number": "0170", "Confirm": false } ], "Ring": "InOrder", "Calls": 2, "Capacity": { "chat": 4 }, "Interruptible": { "chat": [ "voice" ] },
            "Skills": [ "billing:3", "lt" ], "Greeting": "hello.wav", "Recording": "Never", "Code": "100", "Pin": "1234", "PinFile": "pin" } },
          "Queues": { "support": {
            "Name": "Support", "Members": [ "alice;tier=2;weight=3" ], "Strategy": "random", "VipStrategy": "longest-idle",
            "Scorer": "best", "ScorerTimeout": "00:00:00.300", "Requirement": "billing >= 3", "Relaxation": [ "30s lower 1" ], "TierOpenings": [ "00:00:30" ],
            "Window": "Rolling", "RollingWindow": "00:30:00", "TimeZone": "Europe/Vilnius", "Sticky": true, "StickyWait": "00:00:20",
            "RingTime": "00:00:12", "Retry": { "NoAnswer": "00:00:01", "Busy": "00:00:02", "Rejected": "00:00:03", "Unreachable": "00:00:04" }, "AutoPauseAfter": 3,
            "Credit": "00:00:05", "VipCredit": "00:01:00", "MaxLength": 9, "Steps": [ "60s queue:sales" ], "MaxWait": "00:05:00", "Overflow": "callback",
            "JoinWhile": "Working, Paused", "StayWhile": "LoggedIn", "StayGrace": "00:00:30", "EmptyOverflow": "queue:sales",
            "Hours": [ "Mon-Fri 08:00-17:00" ], "Holidays": [ "2026-12-25 Christmas" ], "ClosedOverflow": "flow:night", "AtClosing": "SendAway",
            "AnnouncePlace": true, "AnnounceWait": true, "AnnounceFirst": "00:00:20", "AnnounceEvery": "00:00:40",
            "Callback": { "Key": "1", "Attempts": 5, "RetryAfter": "00:02:00", "Expiry": "02:00:00" },
            "TellQuietHour": true, "QuietHourCalls": 20, "QuietHourGain": "00:00:45", "Music": "music.wav", "AnswerOnEntry": false, "Whisper": true, "Record": true, "Recording": "FromAnswer", "RecordingRetention": "10.00:00:00", "WrapUpMode": "Mandatory", "WrapUp": "00:00:15",
            "Dispositions": [ "resolved" ], "DispositionRequired": true, "ServiceLevelThreshold": "00:00:30" } },
          "Supervisors": [ { "Who": "agent:alice", "Queues": [ "support" ], "Agents": [ "bob" ], "Role": "Barge" } ],
          "DialPlan": { "500": "queue:support" }, "Flows": { "night": "night.json" },
          "Playlists": { "day": { "Music": [ "a.wav;weight=2" ], "Adverts": [ "b.wav" ], "Tips": true, "MusicBetween": 3, "TimeZone": "Europe/Vilnius" } },
          "Mailboxes": { "night": { "Extensions": [ "100" ], "Greeting": "night.wav", "MaxLength": "00:01:00", "SilenceEnd": "00:00:03", "Pin": "4711", "PinFile": "pin", "TrustExtensions": true, "Retention": "20.00:00:00" } },
          "Speech": { "Engine": "flite", "Folder": "said", "MaxBytes": 2000000, "TimeLimit": "00:00:03" },
          "Recording": { "Folder": "tapes", "Mode": "FromIvr", "Format": "WavMuLaw", "Channels": "Mono", "Retention": "30.00:00:00", "WholeNumbersFor": [ "host" ] }, "Storage": { "File": "center.db" }
        } }
        """;

    [Fact]
    public void Every_option_of_a_center_its_agents_and_its_queues_is_bound()
    {
        var options = Bind(Everything);

        AllDiffer(options, new CallCenterOptions());
        AllDiffer(options.Extensions["100"], new ExtensionOptions());
        AllDiffer(options.Agents["alice"], new AgentOptions());
        AllDiffer(options.Agents["alice"].Extensions[0], new AgentPhoneOptions());
        AllDiffer(options.OutsideRules["city"], new OutsideRuleOptions());
        AllDiffer(options.Queues["support"], new QueueOptions());
        AllDiffer(options.Playlists["day"], new PlaylistOptions());
        AllDiffer(options.Supervisors[0], new SupervisorOptions());
        AllDiffer(options.Speech, new SpokenTextOptions());
        AllDiffer(options.Mailboxes["night"], new MailboxOptions());
    }

    [Fact]
    public void Whatever_a_rule_to_the_outside_knows_comes_from_its_options()
    {
        var rule = Assert.IsType<ToOutside>(ModelFactory.Target("outside:city", Bind(Everything)));

        AllDiffer(rule, new ToOutside(), nameof(ToOutside.Name));
        Assert.True(rule.Callers!.Phones.SetEquals([new("100")]));
        Assert.True(rule.Callers.Agents.SetEquals([new("alice")]));
        Assert.Equal("outside:city", rule.Name);
    }

    [Fact]
    public void Defaults_of_a_rule_with_and_without_options_are_the_same() =>
        Assert.Equal(
            JsonSerializer.Serialize(new ToOutside("city")),
            JsonSerializer.Serialize(ModelFactory.Target("outside:city", new CallCenterOptions { OutsideRules = { ["city"] = new() } }) as ToOutside));

    [Fact]
    public void A_number_outside_must_be_confirmed_unless_it_is_said_otherwise()
    {
        var options = new CallCenterOptions();
        var alice = options.Agents["alice"] = new();
        alice.Extensions.Add(new() { Extension = "100" });
        alice.Extensions.Add(new() { Number = "0170" });
        alice.Extensions.Add(new() { Number = "0171", Confirm = false });

        var phones = ModelFactory.Create(options, prompt => prompt).Agents[new("alice")].Endpoints;

        Assert.Equal([false, true, false], phones.Select(phone => phone.Confirm));
        Assert.Equal(["100", "alice/2", "alice/3"], phones.Select(phone => phone.Endpoint.Value));
        Assert.Equal([null, "0170", "0171"], phones.Select(phone => phone.Number));
    }

    [Fact]
    public void Whatever_the_model_knows_of_a_queue_comes_from_its_options()
    {
        var options = Bind(Everything);
        options.Queues["support"].Relaxation.Clear();
        foreach (var text in (string[])["30s lower 1", "45s drop lt", "1m = billing >= 1", "90s any"])
            options.Queues["support"].Relaxation.Add(text);

        var model = ModelFactory.Create(options, prompt => $"/sounds/{prompt}", version: 7);

        var queue = model.Queues[new("support")];
        AllDiffer(queue, new QueueModel(new("x"), "x", "x", []), nameof(QueueModel.Id));
        AllDiffer(model.Agents[new("alice")], new AgentModel(new("x"), "x", [], new Dictionary<string, int>()));
        Assert.Equal((7, "lunch"), (model.Version, Assert.Single(model.BreakKinds)));
        Assert.Equal(new QueueMember(new("alice"), 2, 3), Assert.Single(queue.Members));
        Assert.Equal([(30, 1, null, null), (45, 0, "lt", null), (60, 0, null, "billing"), (90, 0, null, "any")], queue.Relaxation.Select(step =>
            ((int)step.After.TotalSeconds, step.Lower, step.Drop, step.Instead is null ? null : step.Instead.ToString() is { Length: > 0 } text ? text.Split(' ')[0] : "any")));
        Assert.Equal(new EmptyRule(AgentPresences.LoggedIn, TimeSpan.FromSeconds(30)), queue.LeaveRule);
        Assert.Equal("/sounds/music.wav", queue.Music);
    }

    [Fact]
    public void Defaults_of_options_and_model_are_the_same()
    {
        var options = new CallCenterOptions { Queues = { ["support"] = new() } };

        var queue = ModelFactory.Create(options, prompt => prompt).Queues[new("support")];

        var fresh = new QueueModel(new("support"), "support", LongestIdleStrategy.StrategyName, []) { Overflow = queue.Overflow };
        foreach (var property in typeof(QueueModel).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert.True(Same(property.GetValue(queue), property.GetValue(fresh)), $"{property.Name} is {property.GetValue(queue)} by options and {property.GetValue(fresh)} in the model.");
    }

    /// <summary>An option that is added without being set above is found here.</summary>
    private static void AllDiffer<T>(T value, T fresh, params string[] except)
        where T : notnull
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (except.Contains(property.Name) || property.PropertyType == typeof(SipOptions) || property.PropertyType == typeof(MediaOptions))
                continue;
            var (one, other) = (property.GetValue(value), property.GetValue(fresh));
            if (one is not null && property.PropertyType.Namespace == typeof(CallCenterOptions).Namespace && property.PropertyType.IsClass)
                typeof(JsonBindingTests).GetMethod(nameof(AllDiffer), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(property.PropertyType).Invoke(null, [one, other, Array.Empty<string>()]);
            else
                Assert.False(Same(one, other), $"{typeof(T).Name}.{property.Name} is '{one}' as by default.");
        }
    }

    private static bool Same(object? one, object? other) => (one, other) switch
    {
        (string, string) => Equals(one, other),
        (IEnumerable first, IEnumerable second) => first.Cast<object>().SequenceEqual(second.Cast<object>()),
        _ => Equals(one, other),
    };

    private static CallCenterOptions Bind(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
        .Build()
        .GetSection(CallCenterOptions.Section)
        .Get<CallCenterOptions>()!;
}

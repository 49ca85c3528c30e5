using System.Collections;
using System.Globalization;
using System.Reflection;
using CallCenterKit.Configuration;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Routing;
using CallCenterKit.Sip;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Tests.Architecture;

namespace CallCenterKit.Tests.Documents;

public class GuideTests
{
    // They depend on the machine, or are told of in another place of the same guide.
    private static readonly string[] WithoutDefault =
    [
        nameof(SipOptions.Workers), nameof(SipOptions.Streams), nameof(SipOptions.Tls), nameof(SipOptions.Dns), nameof(SipOptions.Timers), nameof(SipOptions.SessionTimers),
        nameof(SipOptions.Accounts), nameof(SipOptions.TrustedPeers), nameof(SipOptions.Trunks), nameof(SipOptions.Srtp), nameof(SipOptions.SrtpSuites), nameof(SipOptions.EmergencyNumbers),
    ];

    private static readonly string[] Tags =
    [
        nameof(SipMetricNames.Direction), nameof(SipMetricNames.Method), nameof(SipMetricNames.Status), nameof(SipMetricNames.Reason), nameof(SipMetricNames.Transport),
        nameof(SipMetricNames.LocalAddress), nameof(SipMetricNames.Trunk), nameof(SipMetricNames.Endpoint), nameof(SipMetricNames.From), nameof(SipMetricNames.To),
        nameof(SipMetricNames.Call), nameof(SipMetricNames.Cause), nameof(SipMetricNames.EndedBy),
    ];

    private static readonly Dictionary<string, string> Guides = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "guides"))
        .ToDictionary(file => Path.GetFileName(file)!, file => File.ReadAllText(file).ReplaceLineEndings("\n"), StringComparer.Ordinal);

    public static TheoryData<Type, string, string> Options => new()
    {
        { typeof(QueueOptions), "", "queues.md routing.md" },
        { typeof(RetryOptions), "Retry:", "queues.md routing.md" },
        { typeof(CallbackOptions), "Callback:", "queues.md routing.md" },
        { typeof(AgentOptions), "", "queues.md routing.md" },
        { typeof(OutsideRuleOptions), "", "outgoing-calls.md" },
        { typeof(ExtensionOptions), "", "phones.md" },
        { typeof(SupervisorOptions), "", "supervision.md" },
        { typeof(RecordingOptions), "Recording:", "recording.md" },
        { typeof(PlaylistOptions), "", "speaking.md" },
        { typeof(MailboxOptions), "", "speaking.md" },
        { typeof(SpokenTextOptions), "Speech:", "speaking.md" },
        { typeof(SipOptions), "", "sip.md phones.md" },
        { typeof(SipNetworkOptions), "Networks:", "sip.md" },
        { typeof(SipTlsOptions), "Tls:", "sip.md" },
        { typeof(SipStreamOptions), "Streams:", "sip.md" },
        { typeof(SipSessionTimerOptions), "SessionTimers:", "sip.md" },
        { typeof(SipTimerOptions), "Timers:", "sip.md" },
        { typeof(SipDnsOptions), "Dns:", "sip.md" },
        { typeof(SipAccountOptions), "", "sip.md" },
        { typeof(SipTrunkOptions), "", "trunks.md" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_stands_in_the_guides_with_its_default(Type type, string prefix, string guides)
    {
        var text = string.Concat(guides.Split(' ').Select(guide => Guides[guide]));
        var defaults = Activator.CreateInstance(type);
        var options = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(option => option.PropertyType != typeof(RetryOptions) && option.PropertyType != typeof(CallbackOptions));

        Assert.All(options, option => Assert.Contains(
            type == typeof(SipOptions) && WithoutDefault.Contains(option.Name, StringComparer.Ordinal) ? option.Name : $"| `{prefix}{option.Name}` | {Text(option.GetValue(defaults))} |",
            text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_strategy_stands_in_the_guide() =>
        Assert.All(BuiltInStrategies.All, strategy => Assert.Contains($"| `{strategy.Name}` |", Guides["routing.md"], StringComparison.Ordinal));

    [Fact]
    public void Every_instrument_of_sip_stands_in_the_guide() => Assert.All(
        typeof(SipMetricNames).GetFields().Where(name => Array.IndexOf(Tags, name.Name) < 0).Select(name => (string)name.GetRawConstantValue()!),
        name => Assert.Contains($"`{name}`", Guides["sip.md"], StringComparison.Ordinal));

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool yes => yes ? "true" : "false",
        "" => "empty",
        string text => text,
        TimeSpan { TotalSeconds: 0 } => "0 s",
        TimeSpan time when time < TimeSpan.FromSeconds(1) => $"{time.TotalMilliseconds:0} ms",
        TimeSpan time when time.TotalSeconds < 120 && time != TimeSpan.FromMinutes(1) => $"{time.TotalSeconds:0} s",
        TimeSpan time when time == TimeSpan.FromMinutes(1) => "60 s",
        TimeSpan time when time.TotalMinutes < 60 || time.Minutes > 0 => $"{time.TotalMinutes:0} min",
        TimeSpan time when time < TimeSpan.FromDays(2) => $"{time.TotalHours:0} h",
        TimeSpan time => $"{time.TotalDays:0} days",
        IEnumerable => "empty",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

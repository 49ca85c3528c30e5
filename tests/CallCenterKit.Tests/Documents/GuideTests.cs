using System.Reflection;
using CallCenterKit.Configuration;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Architecture;

namespace CallCenterKit.Tests.Documents;

public class GuideTests
{
    private static readonly string Guides = string.Concat(
        new[] { "queues.md", "routing.md" }.Select(name => File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", name))));

    public static TheoryData<Type, string> Options => new()
    {
        { typeof(QueueOptions), "" },
        { typeof(RetryOptions), "Retry:" },
        { typeof(CallbackOptions), "Callback:" },
        { typeof(AgentOptions), "" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_stands_in_the_guides_with_its_default(Type type, string prefix)
    {
        var defaults = Activator.CreateInstance(type);
        var options = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(option => option.PropertyType != typeof(RetryOptions) && option.PropertyType != typeof(CallbackOptions));

        Assert.All(options, option => Assert.Contains($"| `{prefix}{option.Name}` | {Text(option.GetValue(defaults))} |", Guides, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_strategy_stands_in_the_guide() =>
        Assert.All(BuiltInStrategies.All, strategy => Assert.Contains($"| `{strategy.Name}` |", Guides, StringComparison.Ordinal));

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool yes => yes ? "true" : "false",
        string text => text,
        TimeSpan { TotalSeconds: 0 } => "0 s",
        TimeSpan time when time < TimeSpan.FromSeconds(1) => $"{time.TotalMilliseconds:0} ms",
        TimeSpan time when time.TotalSeconds < 120 && time != TimeSpan.FromMinutes(1) => $"{time.TotalSeconds:0} s",
        TimeSpan time when time == TimeSpan.FromMinutes(1) => "60 s",
        TimeSpan time when time.TotalMinutes < 60 => $"{time.TotalMinutes:0} min",
        TimeSpan time => $"{time.TotalHours:0} h",
        System.Collections.IEnumerable => "empty",
        _ => value.ToString()!,
    };
}

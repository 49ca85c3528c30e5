using System.Text;
using System.Text.RegularExpressions;
using CallCenterKit.Configuration;
using CallCenterKit.Sip;
using CallCenterKit.Tests.Architecture;
using CallCenterKit.Tests.Interop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Documents;

/// <summary>Configurations that documents show.</summary>
public partial class GuideConfigurationTests
{
    [Theory]
    [MemberData(nameof(DocumentTests.Documents), MemberType = typeof(DocumentTests))]
    public void Every_option_of_a_configuration_exists(string document) => Assert.All(
        Configurations(document), json => Section(json).Bind(new CallCenterOptions(), binder => binder.ErrorOnUnknownConfiguration = true));

    [Theory]
    [InlineData("docs/guides/media.md")]
    [InlineData("docs/guides/phones.md")]
    [InlineData("docs/guides/sip.md")]
    [InlineData("docs/guides/trunks.md")]
    public void Configuration_would_start(string document)
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.File("secrets"));
        Directory.CreateDirectory(folder.File("prompts"));
        Assert.NotEmpty(Configurations(document));
        foreach (var json in Configurations(document))
        {
            foreach (Match secret in Secret().Matches(json))
                File.WriteAllText(folder.File(secret.Groups[1].Value), "try");
            var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = folder.Path });
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));
            builder.Services.AddCallCenter(_ => { });
            using var host = builder.Build();

            var options = host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value;

            Assert.Empty(new SipOptionsValidator().Validate(null, options.Sip).Failures ?? []);
        }
    }

    private static List<string> Configurations(string document) =>
        [.. Json().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)).ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value.Trim())];

    // A part of one is shown without the braces around it.
    private static IConfiguration Section(string json)
    {
        var whole = json.StartsWith('{') ? json : $"{{ {json} }}";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(whole))).Build();
        return configuration.GetSection(CallCenterOptions.Section) is { } section && section.Exists() ? section : configuration;
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex("\"PasswordFile\": \"([^\"]+)\"")]
    private static partial Regex Secret();
}

using System.Text.RegularExpressions;
using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip;
using CallCenterKit.Supervisors;
using CallCenterKit.Tests.Architecture;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Documents;

/// <summary>What guides show of the code of a host, as it stands there.</summary>
public partial class GuideSnippetTests
{
    [Fact]
    public async Task A_trace_shows_what_the_guide_says()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddExtension("200", World.PasswordOf("200")));
        var services = center.Services;
        var sip = services.GetRequiredService<SipTelephony>();
        sip.StartTrace(new() { Endpoint = new("200") });
        await center.RunAsync(() => center.World.Extension("200").RegisterAsync());

        foreach (var entry in sip.ReadTrace())
            Console.WriteLine(entry);
        sip.StopTrace();

        var shown = Text().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "sip.md")).ReplaceLineEndings("\n")).Groups[1].Value.Trim().Split('\n');
        var traced = string.Concat(sip.ReadTrace()).Split("\r\n");
        Assert.NotEmpty(shown);
        var next = 0;
        foreach (var line in shown)
            Assert.True((next = Array.IndexOf(traced, line, next) + 1) > 0, line);
    }

    [Fact]
    public async Task A_desk_supervises_as_the_guide_says()
    {
        var by = new ActorId("desk:quality");
        await using var test = await TestCenter.StartAsync(cc => cc.Configure(options => options.Supervisors.Add(new() { Who = by.Value, Agents = { "alice" }, Role = SupervisionRole.Whisper })));
        var (caller, _) = await test.TalkWithAliceAsync();
        await test.World.AgentAsync("201", new());
        var (center, interaction, alice) = (test.Center, test.Matter(), Talks.Alice);

        await test.RunAsync(async () =>
        {
            var result = await center.SuperviseAsync(interaction, new SupervisionRequest(alice, SupervisionRole.Listen, new EndpointId("201")), by);
            if (result is SupervisionResult.Joined)
                center.ChangeSupervision(interaction, SupervisionRole.Whisper, by);
            center.EndSupervision(interaction, by);
            return result;
        });

        await test.RunAsync(caller.HangUpAsync);
        var supervision = Assert.Single((await test.SettleOneAsync()).Supervisions);
        Assert.Equal((2, SupervisionEnd.Withdrawn), (supervision.Steps.Count, supervision.End!.Value));
    }

    [Fact]
    public async Task Phones_tell_their_health_and_have_lamps()
    {
        await using var center = await TestCenter.StartAsync();
        await center.RunAsync(() => center.World.Extension("101").RegisterAsync());
        var callCenter = center.Center;
        var sip = center.Telephony;

        foreach (var phone in callCenter.Phones)
            Console.WriteLine($"{phone.Phone} reachable: {phone.IsReachable}, lost {phone.Losses} times, {phone.PoorCalls} of {phone.Calls} calls cut off");
        sip.SetMessageWaiting(new("200"), newMessages: 2, oldMessages: 5);

        Assert.Contains(callCenter.Phones, phone => phone is { Phone.Value: "101", IsReachable: true });
    }

    [Fact]
    public async Task A_desk_dials() => Assert.IsNotType<CallCenterKit.Calls.DialResult.Dialled>(await DialAsync());

    [Fact]
    public async Task An_extension_that_must_encrypt_takes_no_plain_call()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.Extensions["201"].Srtp = SrtpPolicy.Required));

        var call = center.World.Extension("201").Dial("500");
        await center.AdvanceAsync(2);

        Assert.Equal(488, call.LastStatus);
    }

    [Fact]
    public void A_configuration_narrows_the_ciphers_down()
    {
        var options = new CallCenterOptions();

        new ConfigurationBuilder().AddInMemoryCollection([new("Sip:SrtpSuites:0", "AesCm128HmacSha1Tag80")]).Build().Bind(options);

        Assert.Equal([SrtpSuite.AesCm128HmacSha1Tag80], options.Sip.SrtpSuites);
    }

    private static async Task<object> DialAsync()
    {
        await using var center = await TestCenter.StartAsync();
        var callCenter = center.Center;
        return await center.RunAsync<object>(async () =>
        {
            var result = await callCenter.DialAsync(new("alice"), "030123", new("desk"));
            return result;
        });
    }

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Text();
}

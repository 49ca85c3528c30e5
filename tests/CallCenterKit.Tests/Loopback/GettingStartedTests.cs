using CallCenterKit.Records;
using CallCenterKit.Sip;
using CallCenterKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CallCenterKit.Tests.Loopback;

/// <summary>The snippets of docs/getting-started.md, as they stand there.</summary>
public class GettingStartedTests
{
    [Fact]
    public async Task A_center_in_a_host_of_ones_own_is_tested_with_scripted_phones()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddCallCenter(center => center
            .Configure(options => options.Sip.Listen.Add("127.0.0.1:0"))
            .AddExtension("100", password: "try-100")
            .AddExtension("200", password: "try-200")
            .AddAgent("alice", extension: "200")
            .AddQueue("support", "alice")
            .MapQueue("600", "support"));
        using var host = builder.Build();
        await host.StartAsync();

        var server = host.Services.GetRequiredService<SipTelephony>().BoundEndPoints[0];
        await using var alicesPhone = new ScriptedPhone(
            new() { User = "200", Password = "try-200", Server = server, Voice = PhoneVoice.Tone(1000) }, UdpNetwork.Instance, TimeProvider.System);
        await using var alice = new ScriptedAgent(alicesPhone, new() { RingTime = TimeSpan.FromSeconds(0.5) });
        await alice.StartAsync();

        await using var customersPhone = new ScriptedPhone(
            new() { User = "100", Password = "try-100", Server = server }, UdpNetwork.Instance, TimeProvider.System);
        var customer = new ScriptedCaller(customersPhone, new()
        {
            Target = "600",
            WaitForAgent = (call, token) => call.Heard.WaitForToneAsync(1000, cancellationToken: token),
            Talk = TimeSpan.FromSeconds(1),
        });
        var result = await customer.RunAsync();

        Assert.Equal(CallerEnding.HungUpByCaller, result.Ending);
        Assert.Equal(1, alice.Counts.Answered);

        await host.StopAsync();
        var records = await host.Services.GetRequiredService<CallCenter>().Records
            .ListAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10, TestContext.Current.CancellationToken);
        Assert.Equal((CallRecordEnding.Completed, new AgentId("alice")), (Assert.Single(records).Ending, records[0].Agent));
    }
}

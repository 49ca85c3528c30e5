using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Configuration;

/// <summary>What is wrong with the ways outside is named before anything is opened.</summary>
public sealed class OutsideValidationTests
{
    public static TheoryData<string, Action<CallCenterOptions>> Wrong => new()
    {
        { "Dial plan '0*': target 'outside:city' cuts 2 digits, and only 1 are sure to be there; Strip must be 0 to 1.", o => o.OutsideRules["city"].Strip = 2 },
        { "Outside rule 'other': Strip is '17'.", o => o.OutsideRules["other"] = new() { Strip = 17 } },
        { "Outside rule 'city': RingTime is '00:00:01'.", o => o.OutsideRules["city"].RingTime = TimeSpan.FromSeconds(1) },
        { "Outside rule 'city': Prefix '49x' must be digits, after a '+' or not.", o => o.OutsideRules["city"].Prefix = "49x" },
        { "Outside rule 'city': CallerId 'sales' must be 1 to 32 digits, after a '+' or not.", o => o.OutsideRules["city"].CallerId = "sales" },
        { "Outside rule 'city': Queue 'sales' does not exist. Queues: 'support'.", o => o.OutsideRules["city"].Queue = "sales" },
        { "Outside rule 'city': caller 'agent:zoe' must be 'extension:NUMBER' or 'agent:ID'. Extensions: '100', '101'. Agents: 'alice'.", o => o.OutsideRules["city"].Callers.Add("agent:zoe") },
        { "Outside rule 'city': caller 'anybody' must be", o => o.OutsideRules["city"].Callers.Add("anybody") },
        { "Outside rule 'city': calls from trunk 'a' have no trunk to go on; Trunks must name another one.", o => o.OutsideRules["city"].FromTrunks.Add("a") },
        { "Outside rule 'city': a trunk has no name.", o => o.OutsideRules["city"].Trunks.Add(" ") },
        { "Outside rule 'a b' must be 1 to 64 letters, digits, '-', '_' or '.'.", o => o.OutsideRules["a b"] = new() },
        { "Extension '100': CallerId 'desk' must be 1 to 32 digits, after a '+' or not.", o => o.Extensions["100"].CallerId = "desk" },
        { "Trunk 'a' has both Password and PasswordFile; give one.", o => o.Sip.Trunks.Add(new() { Name = "a", Password = "secret", PasswordFile = typeof(OutsideValidationTests).Assembly.Location }) },
        { "Trunk 'a': PasswordFile 'nowhere' does not exist in '", o => o.Sip.Trunks.Add(new() { Name = "a", PasswordFile = "nowhere" }) },
        { "Emergency number '1' must be 2 to 8 digits.", o => o.EmergencyNumbers.Add("1") },
        { "Emergency number '100' is also an extension; it must lead outside.", o => o.EmergencyNumbers.Add("100") },
        { "Emergency number '112' leads to 'queue:support'; it must lead outside, or have no rule and use every trunk.", o => (o.DialPlan["112"], _) = ("queue:support", Add(o.EmergencyNumbers, "112")) },
        { "Agent 'alice' has both Extension and Extensions; give one.", o => o.Agents["alice"].Extensions.Add(new() { Extension = "101" }) },
        { "Agent 'bob': each of Extensions needs an Extension or a Number, and only one of them.", o => Bob(o, new AgentPhoneOptions()) },
        { "Agent 'bob': extension '999' does not exist. Extensions: '100', '101'.", o => Bob(o, new AgentPhoneOptions { Extension = "999" }) },
        { "Agent 'bob': number '123' is led outside by no rule of the dial plan.", o => Bob(o, new AgentPhoneOptions { Number = "123" }) },
        { "Extension '100' belongs to agents 'alice', 'bob'; a phone belongs to one of them.", o => Bob(o, new AgentPhoneOptions { Extension = "100" }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_work_is_named(string fault, Action<CallCenterOptions> configure)
    {
        var told = Assert.Single(Assert.Throws<OptionsValidationException>(() => Read(configure)).Failures);

        Assert.StartsWith(fault, told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_works_is_accepted()
    {
        var options = Read(o =>
        {
            o.OutsideRules["city"].Callers.Add("extension:100");
            o.OutsideRules["city"].Trunks.Add("a");
            o.OutsideRules["city"].Trunks.Add("b");
            o.OutsideRules["city"].FromTrunks.Add("a");
            o.OutsideRules["city"].Prefix = "+";
            o.DialPlan["112"] = "outside";
            o.EmergencyNumbers.Add("112");
            o.EmergencyNumbers.Add("911");
            Bob(o, new AgentPhoneOptions { Extension = "101" }, new() { Number = "0170" });
        });

        Assert.Equal(2, options.Agents["bob"].Extensions.Count);
    }

    private static void Bob(CallCenterOptions options, params AgentPhoneOptions[] phones)
    {
        var bob = options.Agents["bob"] = new();
        foreach (var phone in phones)
            bob.Extensions.Add(phone);
    }

    private static int Add(IList<string> list, string text)
    {
        list.Add(text);
        return list.Count;
    }

    private static CallCenterOptions Read(Action<CallCenterOptions> configure)
    {
        var builder = CallCenter.CreateBuilder();
        builder.CallCenter
            .AddExtension("100", "secret").AddExtension("101", "secret")
            .AddAgent("alice", "100")
            .AddQueue("support", "alice")
            .Configure(options =>
            {
                options.DialPlan["0*"] = "outside:city";
                options.OutsideRules["city"] = new() { Strip = 1 };
                configure(options);
            });
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value;
    }
}

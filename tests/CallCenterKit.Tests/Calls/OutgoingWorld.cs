using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Calls;

/// <summary>A center that leads "0*" outside, and somebody outside who has the number 30123.</summary>
internal sealed class OutgoingWorld : IAsyncDisposable
{
    public const string Number = "30123";

    private readonly List<ScriptedAgent> _outside = [];

    private OutgoingWorld(TrunkedSip trunks, TestCenter center) => (Trunks, Center) = (trunks, center);

    public TrunkedSip Trunks { get; }

    public TestCenter Center { get; }

    public static async Task<OutgoingWorld> StartAsync(Action<OutsideRuleOptions>? rule = null, Action<CallCenterOptions>? options = null)
    {
        var trunks = new TrunkedSip();
        var center = await TestCenter.StartAsync(cc =>
        {
            trunks.AddTo(cc);
            cc.Configure(all =>
            {
                all.DialPlan["0*"] = "outside:city";
                var city = all.OutsideRules["city"] = new() { Strip = 1, CallerId = "4930555" };
                rule?.Invoke(city);
                options?.Invoke(all);
            });
        });
        return new(trunks, center);
    }

    /// <summary>Somebody outside who answers, refuses or lets it ring.</summary>
    public async Task<ScriptedAgent> OutsideAsync(AgentScript script, string number = Number)
    {
        var phone = Center.World.Customer(script.Voice);
        Trunks.Lead(number, phone);
        var person = new ScriptedAgent(phone, script with { Registers = false });
        _outside.Add(person);
        await Center.RunAsync(person.StartAsync);
        return person;
    }

    /// <summary>A phone of ours, registered.</summary>
    public async Task<ScriptedPhone> PhoneAsync(string number = "101", PhoneVoice? voice = null)
    {
        var phone = Center.World.Extension(number, voice);
        await Center.RunAsync(() => phone.RegisterAsync());
        return phone;
    }

    public async ValueTask DisposeAsync()
    {
        await Center.DisposeAsync();
        foreach (var person in _outside)
            await person.DisposeAsync();
    }
}

using System.Net;
using CallCenterKit.Configuration;
using CallCenterKit.Testing;

namespace ConsolePbx.Demo;

/// <summary>The phones of everybody who takes part, on real sockets.</summary>
internal sealed class DemoCast(DemoScript script, int agentAnswer, IPEndPoint server, TimeProvider time) : IAsyncDisposable
{
    private readonly List<ScriptedPhone> _phones = [];
    private readonly List<ScriptedAgent> _agents = [];
    private readonly List<ScriptedRegistrationOutcome?> _registrations = [];

    /// <summary>How the phones were registered, in no order.</summary>
    public IReadOnlyList<ScriptedRegistrationOutcome?> Registrations => _registrations;

    /// <summary>Registers every phone: agents take calls from then on.</summary>
    public async Task RegisterAsync(CallCenterOptions options)
    {
        foreach (var extension in options.Agents.Values.Select(agent => agent.Extension).OfType<string>())
        {
            var agent = new ScriptedAgent(NewPhone(extension, options, DemoVoices.Agent), AgentScript());
            _agents.Add(agent);
            _registrations.Add(await agent.StartAsync());
        }
        foreach (var number in script.Calls.Select(call => call.Number))
            _registrations.Add(await NewPhone(number, options, DemoVoices.Caller).RegisterAsync());
    }

    /// <summary>Makes every call of the script at its time, and ends with the last of them.</summary>
    public async Task<IReadOnlyList<DemoOutcome>> PlayAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(script.Calls.Select(call => PlayAsync(call, cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.StopAsync();
            await agent.DisposeAsync();
        }
        foreach (var phone in _phones)
            await phone.DisposeAsync();
    }

    private async Task<DemoOutcome> PlayAsync(DemoCall call, CancellationToken cancellationToken)
    {
        await Task.Delay(call.At, time, cancellationToken);
        var heardBefore = double.NegativeInfinity;
        var caller = new ScriptedCaller(_phones.Single(phone => phone.Options.User == call.Number), new()
        {
            Target = call.Target,
            Keys = call.Key is { } key ? [new KeyPress(key.After, key.Digit)] : [],
            Patience = call.GivesUpAfter ?? script.Patience,
            Talk = call.Talk,
            WaitForAgent = WaitForAgentAsync,
        });
        var result = await caller.RunAsync(cancellationToken);
        return new(call, result, result.Connected is null ? result.Call.Heard.Level : heardBefore, PhoneThatTook(call));

        async Task WaitForAgentAsync(ScriptedCall dialled, CancellationToken token)
        {
            await DemoVoices.WaitForAgentAsync(dialled, token);
            heardBefore = dialled.Heard.Level;
            dialled.Heard.Restart(); // from here on it is the agent who is heard
        }
    }

    private ScriptedCall? PhoneThatTook(DemoCall call) =>
        _agents.SelectMany(agent => agent.Calls).FirstOrDefault(taken => taken.RemoteUser == call.Number && taken.AnsweredAt is not null);

    private AgentScript AgentScript() => new()
    {
        RingTime = script.Ring,
        Talk = script.AgentTalk,
        RejectStatus = agentAnswer == 200 ? null : agentAnswer,
    };

    private ScriptedPhone NewPhone(string number, CallCenterOptions options, PhoneVoice voice)
    {
        var phone = new ScriptedPhone(
            new() { User = number, Password = options.Extensions[number].Password, Server = server, Voice = voice },
            UdpNetwork.Instance,
            time);
        _phones.Add(phone);
        return phone;
    }
}

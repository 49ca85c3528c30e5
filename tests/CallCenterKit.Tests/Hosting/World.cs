using System.Net;
using CallCenterKit.Testing;

namespace CallCenterKit.Tests.Hosting;

/// <summary>Virtual time, a virtual network and the phones on it: all that is there beside the center.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly IPEndPoint CenterAddress = new(IPAddress.Parse("10.0.0.1"), 5060);

    /// <summary>Whoever calls from here is let in as the trunk "carrier".</summary>
    public const string CarrierNetwork = "10.0.9.0/24";

    private readonly List<ScriptedPhone> _phones = [];
    private readonly List<ScriptedAgent> _agents = [];

    public World(VirtualNetworkOptions? network = null) => Network = new(Time, network);

    public VirtualTimeProvider Time { get; } = new();

    public VirtualNetwork Network { get; }

    public IReadOnlyList<ScriptedPhone> Phones => _phones;

    /// <summary>A phone of ours, which knows its password.</summary>
    public ScriptedPhone Extension(string number, PhoneVoice? voice = null, PhoneEncryption encryption = PhoneEncryption.None, params IReadOnlyList<int> formats) => Add(formats, new()
    {
        Voice = voice ?? PhoneVoice.Silence,
        Encryption = encryption,
        User = number,
        Password = PasswordOf(number),
        Server = CenterAddress,
        Local = new(IPAddress.Parse($"10.0.1.{_phones.Count + 1}"), 5060),
    });

    /// <summary>A phone somewhere in the world.</summary>
    public ScriptedPhone Customer(PhoneVoice? voice = null, params IReadOnlyList<int> formats) => Add(formats, new()
    {
        User = $"493055{_phones.Count + 1:D3}",
        Server = CenterAddress,
        Local = new(IPAddress.Parse($"10.0.9.{_phones.Count + 1}"), 5060),
        Voice = voice ?? PhoneVoice.Tone(Sounds.Customer),
    });

    /// <summary>The other end of a trunk.</summary>
    public ScriptedPhone Carrier(string address, PhoneVoice? voice = null) => Add([], new()
    {
        User = "carrier",
        Local = new(IPAddress.Parse(address), 5060),
        Voice = voice ?? PhoneVoice.Silence,
    });

    /// <summary>Somebody at a phone of ours, registered and waiting for calls.</summary>
    public async Task<ScriptedAgent> AgentAsync(string number, AgentScript script, params IReadOnlyList<int> formats)
    {
        var agent = new ScriptedAgent(Extension(number, formats: formats), script);
        _agents.Add(agent);
        var registered = await Time.RunAsync(agent.StartAsync, TimeSpan.FromMinutes(1));
        Assert.True(registered is null or ScriptedRegistrationOutcome.Registered, $"Phone {number} could not register: {registered}.");
        return agent;
    }

    public Task AdvanceAsync(double seconds) => Time.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public static string PasswordOf(string number) => $"secret-{number}";

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones)
            await phone.DisposeAsync();
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        Network.Dispose();
    }

    private ScriptedPhone Add(IReadOnlyList<int> formats, ScriptedPhoneOptions options)
    {
        if (formats.Count > 0)
            options = options with { PayloadTypes = formats };
        var phone = new ScriptedPhone(options with { Seed = _phones.Count }, Network, Time);
        _phones.Add(phone);
        return phone;
    }
}

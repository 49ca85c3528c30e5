using System.Net;

namespace CallCenterKit.Testing.Phones;

/// <summary>Alice and Bob on a virtual network, 10 ms apart, calling each other without anybody between them.</summary>
public sealed class TwoPhones : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly VirtualNetwork _network;

    public TwoPhones(VirtualNetworkOptions? network = null, ScriptedPhoneOptions? alice = null, ScriptedPhoneOptions? bob = null)
    {
        _network = new VirtualNetwork(Time, network ?? new() { MinDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(10) });
        Alice = Phone(alice ?? AliceOptions);
        Bob = Phone(bob ?? BobOptions);
    }

    public static ScriptedPhoneOptions AliceOptions { get; } =
        new() { User = "alice", Local = IPEndPoint.Parse("10.0.0.1:5060"), Voice = PhoneVoice.Tone(440) };

    public static ScriptedPhoneOptions BobOptions { get; } =
        new() { User = "bob", Local = IPEndPoint.Parse("10.0.0.2:5060"), Voice = PhoneVoice.Tone(1000) };

    public VirtualTimeProvider Time { get; } = new();

    public VirtualNetwork Network => _network;

    public ScriptedPhone Alice { get; }

    public ScriptedPhone Bob { get; }

    public ScriptedPhone Phone(ScriptedPhoneOptions options) => new(options, _network, Time);

    public Task PassAsync(double seconds) => Time.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public Task<T> UntilAsync<T>(Task<T> task) => Time.AdvanceUntilAsync(task, Limit);

    /// <summary>Alice calls Bob, who rings for a second and answers.</summary>
    public async Task<(ScriptedCall Caller, ScriptedCall Called)> ConnectAsync()
    {
        var caller = Alice.Dial(Bob.Contact);
        var called = await UntilAsync(Bob.NextCallAsync());
        called.Ring();
        await PassAsync(1);
        Assert.True(await UntilAsync(called.AnswerAsync()));
        Assert.IsType<ScriptedCallOutcome.Answered>(await UntilAsync(caller.Outcome));
        return (caller, called);
    }

    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
        _network.Dispose();
    }
}

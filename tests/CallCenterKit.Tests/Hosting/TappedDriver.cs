using System.Collections.Concurrent;
using CallCenterKit.Hosting;
using CallCenterKit.Sip;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Hosting;

/// <summary>The SIP driver, and a way to say on a leg what a phone would signal.</summary>
internal sealed class TappedDriver(SipTelephony inner) : ITelephony, ITelephonySink
{
    private readonly ConcurrentQueue<ICall> _calls = new();
    private ITelephonySink? _sink;

    public string Name => inner.Name;

    public VoiceCapabilities Capabilities => inner.Capabilities;

    /// <summary>A center on this driver.</summary>
    public static async Task<(TestCenter Center, TappedDriver Driver)> StartAsync(Action<CallCenterBuilder>? configure = null)
    {
        TappedDriver? driver = null;
        var center = await TestCenter.StartAsync(cc =>
        {
            cc.Services.AddSingleton<ITelephony>(provider => driver = new(provider.GetRequiredService<SipTelephony>()));
            configure?.Invoke(cc);
        });
        return (center, driver!);
    }

    /// <summary>The first leg: the customer's.</summary>
    public ICall CallerLeg => _calls.First();

    /// <summary>The legs of one of our phones that live, in the order they came.</summary>
    public IReadOnlyList<ICall> LegsOf(string phone) => [.. _calls.Where(call => call.Ending is null && call.Origin switch
    {
        CallOrigin.FromEndpoint from => from.Endpoint.Value == phone,
        CallOrigin.Dialled { Target: DialTarget.ToEndpoint to } => to.Endpoint.Value == phone,
        _ => false,
    })];

    public void Say(ICall call, CallSignal signal) => _sink!.OnSignal(call, signal);

    public ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        return inner.StartAsync(this, cancellationToken);
    }

    public async ValueTask<DialOutcome> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        var outcome = await inner.DialAsync(request, cancellationToken).ConfigureAwait(false);
        if (outcome is DialOutcome.Answered answered)
            _calls.Enqueue(answered.Call);
        return outcome;
    }

    public void OnIncoming(ICall call)
    {
        _calls.Enqueue(call);
        _sink!.OnIncoming(call);
    }

    public void OnSignal(ICall call, CallSignal signal) => _sink!.OnSignal(call, signal);

    public void OnReachability(EndpointId endpoint, bool reachable) => _sink!.OnReachability(endpoint, reachable);

    public void StopAccepting() => inner.StopAccepting();

    public IBridge CreateBridge() => inner.CreateBridge();

    public bool IsReachable(EndpointId endpoint) => inner.IsReachable(endpoint);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

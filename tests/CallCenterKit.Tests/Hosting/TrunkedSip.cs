using CallCenterKit.Hosting;
using CallCenterKit.Sip;
using CallCenterKit.Testing;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Hosting;

/// <summary>SIP whose trunks are phones of the world: a number outside rings at the one that has it.</summary>
internal sealed class TrunkedSip : ITelephony
{
    private readonly Dictionary<string, ScriptedPhone> _numbers = new(StringComparer.Ordinal);
    private SipTelephony _sip = null!;

    /// <summary>What was dialled outside, in order.</summary>
    public List<DialRequest> Dialled { get; } = [];

    /// <summary>Trunks that cannot be used; a call that may use any finds another one.</summary>
    public HashSet<string> Down { get; } = [];

    public string Name => _sip.Name;

    public VoiceCapabilities Capabilities => _sip.Capabilities;

    public void AddTo(CallCenterBuilder center) => center.Services.AddSingleton<ITelephony>(provider =>
    {
        _sip = provider.GetRequiredService<SipTelephony>();
        return this;
    });

    /// <summary>Somebody outside who has that number.</summary>
    public void Lead(string number, ScriptedPhone phone) => _numbers[number] = phone;

    public ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken) => _sip.StartAsync(sink, cancellationToken);

    public void StopAccepting() => _sip.StopAccepting();

    public ValueTask<DialOutcome> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        if (request.Target is not DialTarget.ToNumber target)
            return _sip.DialAsync(request, cancellationToken);
        Dialled.Add(request);
        if (target.Trunks.Count > 0 && target.Trunks.All(Down.Contains))
            return new(new DialOutcome.Unreachable("The trunk is down."));
        if (!_numbers.TryGetValue(target.Number, out var phone))
            return new(new DialOutcome.Rejected(404));
        return _sip.DialAsync(
            new()
            {
                Id = request.Id,
                Target = new DialTarget.ToAddress(phone.Contact),
                Caller = request.Caller,
                RingTime = request.RingTime,
                PreferFormatsOf = request.PreferFormatsOf,
            },
            cancellationToken);
    }

    public IBridge CreateBridge() => _sip.CreateBridge();

    public bool IsReachable(EndpointId endpoint) => _sip.IsReachable(endpoint);

    public ValueTask DisposeAsync() => _sip.DisposeAsync();
}

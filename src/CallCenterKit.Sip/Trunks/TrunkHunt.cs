using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Leads one outgoing call from server to server and from trunk to trunk until one takes it, or none is left.</summary>
/// <remarks>
/// One thread at a time. <see cref="NextAsync"/>, an INVITE, and <see cref="GoesOn"/> with what became of it, as long as that is
/// true. Whoever answers keeps <see cref="Slot"/> until the leg ends; an attempt that ends otherwise calls <see cref="End"/>.
/// </remarks>
/// <param name="trunks">All there are.</param>
/// <param name="target">Number and allowed trunks.</param>
/// <param name="caller">Who is shown, as far as each trunk allows.</param>
/// <param name="isEmergency">Passes limits.</param>
internal sealed class TrunkHunt(SipTrunks trunks, DialTarget.ToNumber target, CallParty caller, bool isEmergency)
{
    private readonly SipTrunkChoice _choice = trunks.Choose(target.Trunks, isEmergency);
    private readonly List<string> _faults = [];
    private SipTrunkRoute? _route;
    private int _trunk = -1, _hop;

    /// <summary>The place of the trunk that is being tried; null before the first and after the last.</summary>
    public SipTrunkSlot? Slot { get; private set; }

    /// <summary>Another server could be tried after this one.</summary>
    public bool HasMore => (_route is { } route && _hop + 1 < route.Hops.Count) || _trunk + 1 < _choice.Trunks.Count;

    /// <summary>Why nobody took the call, for people.</summary>
    public string Why => _faults.Count > 0 ? string.Join(' ', _faults) : _choice.WhyNone;

    /// <summary>The server to send the INVITE to; null when none is left. Ends the place on the trunk before when it goes on to another.</summary>
    public async ValueTask<TrunkTry?> NextAsync(CancellationToken cancellationToken)
    {
        while (_route is null || ++_hop >= _route.Hops.Count)
        {
            End();
            if (++_trunk >= _choice.Trunks.Count)
                return null;
            _hop = -1;
            _route = await BeginAsync(_choice.Trunks[_trunk], cancellationToken).ConfigureAwait(false);
        }
        return new(_route, _route.Hops[_hop]);
    }

    /// <summary>Tells the trunk what became of the INVITE.</summary>
    /// <param name="status">The final answer; null for silence and a connection that was refused.</param>
    /// <returns>Whether the next server may be tried; false when the answer is to be passed on as it is.</returns>
    public bool GoesOn(int? status)
    {
        if (_route is not { } route)
            return false;
        var hop = route.Hops[_hop];
        // RFC 3263 §4.3: these speak for one server. Any other answer would be the same at each server of this trunk.
        var isDead = status is null or 503;
        if (isDead)
            route.Trunk.ReportDead(hop);
        else
            route.Trunk.ReportAlive(hop);
        if (status is { } final && !route.Trunk.FailsOver(final))
            return false;
        if (!isDead && status != 408)
            _hop = route.Hops.Count;
        _faults.Add(status is null ? $"{hop.Hop} of trunk '{route.Trunk.Name}' did not answer." : $"Trunk '{route.Trunk.Name}' answered {status}.");
        route.Trunk.Counters.CountFailover();
        return true;
    }

    /// <summary>Gives back the place on the trunk. Calls after the first do nothing.</summary>
    public void End()
    {
        _route = null;
        Slot?.End();
        Slot = null;
    }

    // Null when this trunk cannot be used after all.
    private async ValueTask<SipTrunkRoute?> BeginAsync(SipTrunk trunk, CancellationToken cancellationToken)
    {
        if (!trunk.TryBegin(CallDirection.Outbound, isEmergency, out var slot, out var full))
        {
            _faults.Add(full);
            return null;
        }
        Slot = slot;
        try
        {
            var (route, why) = await trunk.RouteAsync(target.Number, caller, isEmergency, cancellationToken).ConfigureAwait(false);
            if (route is null)
                _faults.Add(why!);
            return route;
        }
        catch
        {
            End();
            throw;
        }
    }
}

/// <summary>One INVITE to be sent.</summary>
/// <param name="Route">What stands in it.</param>
/// <param name="Hop">Where it goes.</param>
internal sealed record TrunkTry(SipTrunkRoute Route, TrunkHop Hop);

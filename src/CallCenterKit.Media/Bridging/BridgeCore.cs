using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Bridging;

/// <summary>A bridge as its media thread sees it: relays between two members, or mixes. All on that thread.</summary>
internal sealed class BridgeCore(MediaThread thread)
{
    private readonly List<BridgePort> _ports = [];

    /// <summary>Where all its legs live.</summary>
    public MediaThread Thread { get; } = thread;

    public bool IsMixing { get; private set; }

    /// <summary>Legs get their audio from here; while false they are alone.</summary>
    public bool IsCarrying { get; private set; }

    public BridgePort Add(LegStream stream, BridgeRole role)
    {
        var port = new BridgePort(this, stream, role);
        _ports.Add(port);
        Recheck();
        return port;
    }

    public void Remove(BridgePort port)
    {
        _ports.Remove(port);
        StopMixing(port);
        Recheck();
    }

    public void SetRole(BridgePort port, BridgeRole role)
    {
        port.Role = role;
        Recheck();
    }

    /// <summary>Chooses between relaying and mixing anew, after anything it depends on has changed.</summary>
    public void Recheck()
    {
        var relay = CanRelay();
        IsCarrying = _ports.Count > 1;
        IsMixing = IsCarrying && !relay;
        Thread.SetMixing(this, IsMixing);
        foreach (var port in _ports)
        {
            if (!IsMixing)
                StopMixing(port);
            port.Stream.RelayTo(relay ? Other(port).Stream : null);
        }
    }

    /// <summary>Lets each leg hear its 20 ms: all members but itself, and who whispers to it.</summary>
    public void Mix(long at)
    {
        var rateHz = MixingRateHz();
        var samples = rateHz / 50;
        var total = Thread.Scratch.Total.AsSpan(0, samples);
        total.Clear();
        foreach (var port in _ports)
        {
            port.TakeSaid(rateHz, at);
            port.Stream.NoteLevel(MixMath.Power(port.Said));
            if (port.IsMember)
                MixMath.Add(total, port.Said);
        }

        foreach (var port in _ports)
        {
            if (port.Stream.TakesBridge)
                port.Send(HeardBy(port, total, rateHz), rateHz, at);
        }
    }

    /// <summary>Repeats a key to those who hear the leg. Relayed legs get the packets themselves.</summary>
    public void PassOn(BridgePort from, char digit, TimeSpan duration)
    {
        if (!IsMixing)
            return;
        foreach (var port in _ports)
        {
            if (from.IsHeardBy(port))
                port.Stream.SendDigits(DigitRun.Repeat(digit, duration));
        }
    }

    private static void StopMixing(BridgePort port)
    {
        port.StopMixing();
        port.Stream.NoteLevel(null);
    }

    private bool CanRelay()
    {
        if (_ports.Count != 2)
            return false;
        var (a, b) = (_ports[0], _ports[1]);
        return a.IsMember && b.IsMember
            && a.Stream.SendCodec is { } codecA && b.Stream.SendCodec is { } codecB
            && a.Stream.InboundCodec == codecB && b.Stream.InboundCodec == codecA;
    }

    private BridgePort Other(BridgePort port) => _ports[0] == port ? _ports[1] : _ports[0];

    private int MixingRateHz()
    {
        var rate = 8000;
        foreach (var port in _ports)
            rate = Math.Max(rate, port.Stream.SendCodec?.SampleRateHz ?? 0);
        return rate;
    }

    private ReadOnlySpan<short> HeardBy(BridgePort port, ReadOnlySpan<int> total, int rateHz)
    {
        var sum = Thread.Scratch.Sum.AsSpan(0, total.Length);
        if (port.IsMember)
            MixMath.Without(total, port.Said, sum);
        else
            total.CopyTo(sum);
        foreach (var other in _ports)
        {
            if (!other.IsMember && other.IsHeardBy(port))
                MixMath.Add(sum, other.Said);
        }

        var heard = Thread.Scratch.Heard.AsSpan(0, total.Length);
        port.Limiter.Apply(sum, rateHz, heard);
        return heard;
    }
}

using System.Collections.Frozen;
using System.Net;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>All trunks of one driver. Any thread.</summary>
/// <remarks>
/// An outgoing call: <see cref="Choose"/>; of each trunk <see cref="SipTrunk.TryBegin"/> and <see cref="SipTrunk.RouteAsync"/>; of
/// each hop an INVITE, told by <see cref="SipTrunk.ReportAlive(TrunkHop)"/> or <see cref="SipTrunk.ReportDead"/>; the next one
/// while <see cref="SipTrunk.FailsOver"/>. An incoming call: <see cref="FindSource"/>, then <see cref="SipTrunk.TryBegin"/>.
/// </remarks>
internal sealed class SipTrunks
{
    private readonly TrunkServices _services;
    private readonly FrozenDictionary<string, SipTrunk> _byName;
    private readonly Lock _lock = new();
    private TrunkSources _sources;

    /// <param name="options">Validated.</param>
    /// <param name="services">What they take from the driver.</param>
    public SipTrunks(IEnumerable<SipTrunkOptions> options, TrunkServices services)
    {
        _services = services;
        All = [.. options.Select(one => new SipTrunk(one, services, LearnSources))];
        _byName = All.ToFrozenDictionary(trunk => trunk.Name, StringComparer.Ordinal);
        _sources = new(All);
    }

    /// <summary>In the order of the options.</summary>
    public IReadOnlyList<SipTrunk> All { get; }

    public SipTrunk? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Registers and probes from now on. Once, when the stack has its transports.</summary>
    public void Start(SipStack stack)
    {
        for (var i = 0; i < All.Count; i++)
            All[i].Start(stack.Workers[i % stack.Workers.Count]);
    }

    /// <summary>Takes all registrations back; ends when the last is answered or has timed out, which may be longer than one wants to wait.</summary>
    public Task StopAsync() => Task.WhenAll(All.Where(trunk => trunk.Worker is not null).Select(Stop));

    /// <summary>The trunks to try now, one after another.</summary>
    /// <param name="allowed">Those that may be used, in the order wanted; empty: all, by priority and weight.</param>
    /// <param name="isEmergency">Trunks at a limit are taken all the same.</param>
    public SipTrunkChoice Choose(IReadOnlyList<string> allowed, bool isEmergency)
    {
        List<SipTrunk> up = [], others = [];
        List<string> skipped = [];
        foreach (var trunk in allowed.Count > 0
            ? Named(allowed, skipped)
            : WeightedOrder.Arrange(All, trunk => trunk.Options.Priority, trunk => trunk.Options.Weight, _services.Draws))
        {
            if (!isEmergency && trunk.WhyFull(CallDirection.Outbound) is { } why)
            {
                trunk.Counters.CountLimited();
                skipped.Add(why);
            }
            else
            {
                // What is thought to be down is still better than nothing: it may have come back a second ago.
                (trunk.IsUp ? up : others).Add(trunk);
            }
        }
        return new([.. up, .. others], skipped);
    }

    /// <summary>The trunk whose requests come from this address; null: none.</summary>
    /// <param name="source">Where a request came from.</param>
    /// <param name="requestUser">The user of its Request-URI: tells two accounts at one carrier apart.</param>
    public SipTrunk? FindSource(IPAddress source, string requestUser) => Volatile.Read(ref _sources).Find(source, requestUser);

    /// <summary>A connection is gone; whoever registered over it does so anew.</summary>
    public void OnClosed(ISipTransport transport, IPEndPoint peer)
    {
        foreach (var trunk in All)
        {
            if (trunk.Options.Register)
                trunk.Worker?.Post(_ => trunk.OnClosed(transport.Protocol, peer), null);
        }
    }

    private Task<bool> Stop(SipTrunk trunk)
    {
        var operation = new Operation<bool>(_services.Work);
        trunk.Worker.Post(_ => trunk.Stop(() => operation.Complete(true)), null);
        return operation.Task;
    }

    private IEnumerable<SipTrunk> Named(IReadOnlyList<string> names, List<string> skipped)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (Find(name) is { } trunk)
                yield return trunk;
            else
                skipped.Add($"There is no trunk '{name}'.");
        }
    }

    // Several workers may learn at the same time; whoever comes last sees what all have learned.
    private void LearnSources()
    {
        lock (_lock)
            Volatile.Write(ref _sources, new(All));
    }
}

/// <summary>Which trunks to try.</summary>
/// <param name="Trunks">One after another; may be none.</param>
/// <param name="Skipped">Why others are left out, for people.</param>
internal sealed record SipTrunkChoice(IReadOnlyList<SipTrunk> Trunks, IReadOnlyList<string> Skipped)
{
    /// <summary>What to say when there is none.</summary>
    public string WhyNone => Skipped.Count > 0 ? string.Join(' ', Skipped) : "There is no trunk.";
}

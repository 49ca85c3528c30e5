using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>One trunk: its registration and health, which live on one worker, and what calls want to know, which any thread may ask.</summary>
internal sealed class SipTrunk
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(5), LookAgainAfterFailure = TimeSpan.FromSeconds(30);

    private readonly TrunkLimits _limits;
    private readonly CallerIdPolicy _callerIds;
    private readonly IncomingParties _incoming;
    private readonly NumberRules _numbers;
    private readonly FailoverStatuses _failovers;
    private readonly IReadOnlyList<AudioCodec>? _codecs;
    private readonly Action _onAddressesChanged;
    private TrunkPlace? _place;
    private TrunkRegistration? _registration;
    private TrunkHealth? _health;
    private WorkerTimer? _lookAgain;
    private SipTrunkStatus _status;
    private IPAddress[] _addresses = [];
    private SipTrunkState _registered;
    private (bool IsAlive, string Why) _answers = (true, "");
    private string _registrationReason = "";
    private long _aliveAt = long.MinValue;
    private volatile bool _isStopped;

    /// <param name="options">Validated, and not changed afterwards.</param>
    /// <param name="services">Shared by all trunks.</param>
    /// <param name="onAddressesChanged">Called on the worker when <see cref="Addresses"/> are others than before.</param>
    public SipTrunk(SipTrunkOptions options, TrunkServices services, Action onAddressesChanged)
    {
        Options = options;
        Services = services;
        _onAddressesChanged = onAddressesChanged;
        Domain = options.Domain ?? TrunkHost.Parse(options.Host).Host;
        _limits = new(options, services.Time);
        _callerIds = new(options, Domain);
        _incoming = new(options);
        _numbers = new(options.OutgoingNumberRules);
        _failovers = new([.. options.FailoverStatuses]);
        _codecs = options.Codecs.Count == 0 ? null : AudioCodecs.Find(options.Codecs);
        _registered = options.Register ? SipTrunkState.Registering : SipTrunkState.Up;
        _status = new(_registered, "It has not been asked yet.", services.Time.GetUtcNow());
    }

    public string Name => Options.Name;

    public SipTrunkOptions Options { get; }

    public TrunkServices Services { get; }

    /// <summary>What stands behind the at sign of our numbers there.</summary>
    public string Domain { get; }

    /// <summary>The user in our Contact; null: none.</summary>
    public string? ContactUser => Options.User;

    public SipTrunkCounters Counters { get; } = new();

    /// <summary>State of now.</summary>
    public SipTrunkStatus Status => Volatile.Read(ref _status);

    public bool IsUp => Status.State == SipTrunkState.Up;

    /// <summary>Calls that have begun and not ended.</summary>
    public int Calls => _limits.Calls;

    /// <summary>What its host resolved to last; empty where <see cref="SipTrunkOptions.Addresses"/> says where its calls come from.</summary>
    public IReadOnlyList<IPAddress> Addresses => Volatile.Read(ref _addresses);

    /// <summary>Which worker it lives on; set by <see cref="Start"/>.</summary>
    internal SipWorker Worker { get; private set; } = null!;

    /// <summary>How long a server may take for an answer that says only that it is there.</summary>
    internal TimeSpan Patience => Worker.Transactions.Times.T1 * 8;

    /// <summary>How long ago something showed that it is alive.</summary>
    internal TimeSpan QuietFor => Interlocked.Read(ref _aliveAt) is var at && at == long.MinValue ? TimeSpan.MaxValue : Services.Time.GetElapsedTime(at);

    /// <summary>Why no call may begin now; null when one may. Any thread.</summary>
    public string? WhyFull(CallDirection direction) => _limits.WhyFull(direction);

    /// <summary>Takes a place for one call; <see cref="SipTrunkSlot.End"/> gives it back. Any thread.</summary>
    /// <param name="direction">Which of the two.</param>
    /// <param name="isEmergency">Passes all limits.</param>
    /// <param name="slot">Null when a limit is reached.</param>
    /// <param name="why">Which limit.</param>
    public bool TryBegin(CallDirection direction, bool isEmergency, [NotNullWhen(true)] out SipTrunkSlot? slot, [NotNullWhen(false)] out string? why)
    {
        slot = null;
        if (!_limits.TryBegin(direction, isEmergency, out var limit))
        {
            Counters.CountLimited();
            why = limit!;
            return false;
        }
        why = null;
        slot = new(this, _limits);
        if (direction == CallDirection.Inbound)
            Counters.CountIncoming();
        else
            Counters.CountOutgoing();
        return true;
    }

    /// <summary>Looks up where a call goes now. Any thread.</summary>
    /// <returns>No route, and why, when the trunk cannot be found.</returns>
    public async ValueTask<(SipTrunkRoute? Route, string? Why)> RouteAsync(string number, CallParty caller, bool isEmergency, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _place) is not { } place)
            return (null, $"Trunk '{Name}' has not been started.");
        var (hops, why) = await place.FindAsync(cancellationToken).ConfigureAwait(false);
        if (hops.Count == 0)
            return (null, $"Trunk '{Name}': {why}");
        var dialled = isEmergency ? _numbers.ApplyExactly(number) : _numbers.Apply(number);
        var to = SipAddress.Write(null, dialled, place.Main.Host);
        var route = new SipTrunkRoute
        {
            Trunk = this,
            Hops = hops,
            User = to["<sip:".Length..to.LastIndexOf('@')],
            To = to,
            Caller = _callerIds.Show(caller),
            Route = place.Route,
        };
        return (route, null);
    }

    /// <summary>What calls prove who we are with; null when there is no password. Any thread.</summary>
    public SipCredentials? Credentials =>
        Options.Password is { Length: > 0 } password && (Options.AuthName ?? Options.User) is { } user ? new(user, password) : null;

    /// <summary>Whether this final answer to an INVITE is a reason to try the next server or trunk. Any thread.</summary>
    public bool FailsOver(int status) => _failovers.Contains(status);

    /// <summary>The formats to offer and to take, the most wanted first. Any thread.</summary>
    /// <param name="otherwise">Those of the center, for a trunk that has no list of its own.</param>
    public IReadOnlyList<AudioCodec> CodecsOf(IReadOnlyList<AudioCodec> otherwise) => _codecs ?? otherwise;

    /// <summary>Who calls by this INVITE. Any thread.</summary>
    public CallerIdentity CallerOf(SipMessage invite) => _incoming.Caller(invite);

    /// <summary>Whom this INVITE calls. Any thread.</summary>
    public CallParty CalledOf(SipMessage invite) => _incoming.Called(invite);

    /// <summary>A server of it has answered: spares a probe, and ends a state of <see cref="SipTrunkState.Down"/> that probes have found. Any thread.</summary>
    public void ReportAlive(TrunkHop hop)
    {
        Volatile.Read(ref _place)?.Dead.Remove(hop.Hop);
        ReportAlive();
    }

    /// <summary>It has sent us a request, by whichever server. Any thread.</summary>
    public void ReportAlive()
    {
        Interlocked.Exchange(ref _aliveAt, Services.Time.GetTimestamp());
        if (Status.State == SipTrunkState.Down)
            Worker?.Post(static state => ((SipTrunk)state!)._health?.OnAlive(), this);
    }

    /// <summary>A server was silent, refused the connection or said 503: for a while it stands behind the others, and the trunk is asked now. Any thread.</summary>
    public void ReportDead(TrunkHop hop)
    {
        MarkDead(hop);
        Worker?.Post(static state => ((SipTrunk)state!)._health?.ProbeNow(), this);
    }

    internal void MarkDead(TrunkHop hop) => Volatile.Read(ref _place)?.Dead.Add(hop.Hop);

    /// <summary>Once, from the thread that starts the driver.</summary>
    internal void Start(SipWorker worker)
    {
        Worker = worker;
        Volatile.Write(ref _place, new(Options, Services, worker.Stack));
        worker.Post(static state => ((SipTrunk)state!).Begin(), this);
    }

    /// <summary>Takes the registration back. Worker only.</summary>
    internal void Stop(Action onStopped)
    {
        _isStopped = true;
        _lookAgain?.Stop();
        _health?.Stop();
        if (_registration is null)
            onStopped();
        else
            _registration.Stop(onStopped);
    }

    internal void OnClosed(SipTransportProtocol protocol, IPEndPoint peer) => _registration?.OnClosed(protocol, peer);

    /// <summary>Looks up the servers and goes on with them on the worker, at once when nothing has to be asked. Worker only.</summary>
    internal void Find(Action<IReadOnlyList<TrunkHop>, string?> then)
    {
        var lookup = _place!.FindAsync(CancellationToken.None);
        if (lookup.IsCompletedSuccessfully)
            GoOn(lookup.Result, then);
        else
            _ = FindLaterAsync(lookup, then); // Ends by itself, without a fault.
    }

    /// <summary>A request with all that each of them has. Worker only; the caller disposes of it.</summary>
    internal SipMessageWriter BeginRequest(SipMethod method, string uri, TrunkHop hop)
    {
        var request = Worker.Transactions.BeginRequest(method, Encoding.UTF8.GetBytes(uri), hop.Transport, hop.Hop.EndPoint);
        if (_place!.Route is { } route)
            request.Header(SipHeader.Route, route);
        return Services.UserAgent.Length > 0 ? request.Header(SipHeader.UserAgent, Services.UserAgent) : request;
    }

    internal void Send(SipMessageWriter request, TrunkHop hop, ISipClientTransactionOwner owner) =>
        Worker.Transactions.Send(request, hop.Transport, hop.Hop.EndPoint, owner);

    internal void SetRegistration(SipTrunkState state, string reason)
    {
        _registered = state;
        _registrationReason = reason;
        Publish();
    }

    internal void SetHealth(bool isAlive, string reason)
    {
        if (isAlive && !_answers.IsAlive)
            _registration?.OnBack(awaySince: _status.Since);
        _answers = (isAlive, reason);
        Publish();
    }

    private void Begin()
    {
        if (Options.Addresses.Count == 0)
        {
            _lookAgain = new(Worker, LookForAddresses);
            LookForAddresses();
        }
        if (Options.Register)
        {
            _registration = new(this);
            _registration.Begin();
        }
        if (Options.HealthInterval > TimeSpan.Zero)
        {
            _health = new(this);
            _health.Begin();
        }
    }

    private void LookForAddresses() => Find((hops, _) => _lookAgain!.Start(hops.Count > 0 ? LookAgainAfter : LookAgainAfterFailure));

    private async Task FindLaterAsync(ValueTask<(IReadOnlyList<TrunkHop> Hops, string? Why)> lookup, Action<IReadOnlyList<TrunkHop>, string?> then)
    {
        (IReadOnlyList<TrunkHop> Hops, string? Why) found;
        try
        {
            found = await lookup.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the resolver may be the host's; whatever it throws is a lookup that failed
        catch (Exception exception)
#pragma warning restore CA1031
        {
            found = ([], exception.Message);
        }
        // The worker may be gone by then, and nobody waits for it any more.
        if (!_isStopped)
            Worker.Post(_ => GoOn(found, then), null);
    }

    private void GoOn((IReadOnlyList<TrunkHop> Hops, string? Why) found, Action<IReadOnlyList<TrunkHop>, string?> then)
    {
        // A lookup that failed takes nobody's trust away: the calls in question still come from where they came.
        if (Options.Addresses.Count == 0 && found.Hops.Count > 0 && TrunkPlace.AddressesOf(found.Hops) is var now && !now.SequenceEqual(_addresses))
        {
            Volatile.Write(ref _addresses, now);
            _onAddressesChanged();
        }
        then(found.Hops, found.Why);
    }

    private void Publish()
    {
        var (state, reason) = (_registered, _answers) switch
        {
            (SipTrunkState.Up or SipTrunkState.Registering, { IsAlive: false }) => (SipTrunkState.Down, _answers.Why),
            (SipTrunkState.Up, _) when !Options.Register => (SipTrunkState.Up, _answers.Why),
            _ => (_registered, _registrationReason),
        };
        if (state == _status.State)
            return;
        Volatile.Write(ref _status, new(state, reason, Services.Time.GetUtcNow()));
        if (state == SipTrunkState.Up)
            TrunkLog.IsUp(Services.Logger, Name, state, reason);
        else
            TrunkLog.IsDown(Services.Logger, Name, state, reason);
    }
}

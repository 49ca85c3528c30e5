using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Sip;

/// <summary>SIP phones and trunks as a voice driver.</summary>
/// <remarks>
/// Calls of configured phones are authenticated by digest; those of <see cref="SipOptions.TrustedPeers"/> by source address;
/// all others are refused unless <see cref="SipOptions.AllowStrangers"/> is set. The host decides what a call may reach, and
/// refuses with <see cref="ICall.HangUp"/>.
/// </remarks>
public sealed class SipTelephony : ITelephony
{
    private readonly SipOptions _options;
    private readonly ISipTransportFactory _transports;
    private readonly IRegistrationStore _store;
    private readonly SipServices _services;
    private readonly ConcurrentDictionary<int, SipUserAgent> _agents = new();
    private readonly SipMeter _meter;
    private readonly Losses _losses;
    private int _nextWorker;
    private int _disposed;

    /// <summary>Prepares the driver; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Not changed afterwards.</param>
    /// <param name="media">Carries the audio of the calls; stays the caller's, and is disposed after the driver.</param>
    /// <param name="store">Where bindings survive a restart.</param>
    /// <param name="environment">Clock, ids, logs.</param>
    /// <param name="transports">Opens the sockets; null means those of the operating system.</param>
    /// <exception cref="OptionsValidationException">An option cannot work; the message names it and its value.</exception>
    public SipTelephony(
        SipOptions options, MediaEngine media, IRegistrationStore store, SipEnvironment environment, ISipTransportFactory? transports = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(environment);
        if (new SipOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(SipOptions), typeof(SipOptions), result.Failures);

        _options = options;
        _store = store;
        var logger = environment.Loggers.CreateLogger<SipTelephony>();
        _transports = transports ?? new SocketSipTransportFactory(
            new() { Time = environment.Time, Logger = logger, Streams = options.Streams, Tls = options.Tls, Dscp = options.Dscp });
        var accounts = new ConfiguredAccounts(options);
        var policy = new RegistrationPolicy(options.MinRegistration, options.DefaultRegistration, options.MaxRegistration, options.MaxContactsPerEndpoint);
        var registrar = new SipRegistrar(Name, policy, store, OnReachability);
        var resolver = environment.Resolver ?? SipResolver.Create(options.Dns, environment.Time, logger);
        _services = new()
        {
            Resolver = resolver,
            Trunks = new(options.Trunks, new() { Time = environment.Time, Resolver = resolver, Logger = logger, Work = environment.Work, UserAgent = options.UserAgent }),
            Options = options,
            DriverName = Name,
            Media = media,
            Time = environment.Time,
            Work = environment.Work,
            Ids = environment.Ids,
            Accounts = accounts,
            Peers = new(options.TrustedPeers),
            Authenticator = new(options.Realm, options.NonceLife, countedNonces: 65_536, accounts, options.DigestAlgorithms),
            FailedAttempts = new(options.FailedAttemptsBurst, options.FailedAttemptsRefill, capacity: 16_384),
            Registrar = registrar,
            RegistrarHost = new(registrar, environment.Time, options),
            Logger = logger,
            Activities = new(environment.Time),
        };
        _losses = new(environment.Time);
        _meter = new(_services, environment.Meters);
    }

    /// <inheritdoc />
    public string Name => "sip";

    /// <inheritdoc />
    public VoiceCapabilities Capabilities =>
        VoiceCapabilities.Play | VoiceCapabilities.Digits | VoiceCapabilities.Hold | VoiceCapabilities.Bridge
        | VoiceCapabilities.Mix | VoiceCapabilities.Record | VoiceCapabilities.Stream | VoiceCapabilities.EarlyAudio | VoiceCapabilities.Transfer
        | VoiceCapabilities.Activity;

    /// <summary>Where the driver listens, in the order of <see cref="SipOptions.Listen"/>, ports known; empty before the start.</summary>
    public IReadOnlyList<IPEndPoint> BoundEndPoints { get; private set; } = [];

    /// <summary>Null before the start.</summary>
    internal SipStack? Stack => _services.Stack;

    /// <summary>Legs that have begun and not ended.</summary>
    public int LiveCalls => _services.LiveLegs;

    /// <summary>One for each worker, once started.</summary>
    internal IEnumerable<SipUserAgent> Agents => _agents.Values;

    /// <inheritdoc />
    public async ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_services.Stack is not null)
            throw new InvalidOperationException("The SIP driver has been started before.");
        _services.Sink = new HostSink(sink, _services.Logger);
        var stored = await _store.LoadAsync(Name, cancellationToken).ConfigureAwait(false);
        var advertised = new AdvertisedAddresses(_options, _services.Time);
        var opened = OpenTransports(advertised);
        var stack = _services.Stack = new(
            new()
            {
                Workers = Math.Max(1, _options.Workers),
                Threading = _options.Workers == 0 ? SipWorkerThreading.Caller : SipWorkerThreading.Dedicated,
                Timers = _options.Timers,
                Time = _services.Time,
                Running = _services.Work,
                Logger = _services.Logger,
                Trace = _services.Trace,
                Closed = OnClosed,
                LocalTo = advertised.LocalTo,
            },
            worker => _agents[worker.Index] = new(_services, worker));
        BoundEndPoints = [.. opened.Select(transport => transport.LocalEndPoint)];
        Recover(stored);
        foreach (var transport in opened)
        {
            stack.Add(transport);
            SipLog.Listening(_services.Logger, transport.Protocol, transport.LocalEndPoint);
        }
        _services.Trunks.Start(stack);
    }

    /// <inheritdoc />
    public void StopAccepting() => _services.Refuses = true;

    /// <inheritdoc />
    public async ValueTask<DialOutcome> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (_services.Stack is not { } stack)
            throw new InvalidOperationException("The SIP driver has not been started.");
        if (Volatile.Read(ref _disposed) != 0)
            return new DialOutcome.Unreachable("The SIP driver is stopping.");
        if (CourseTo(request) is not { } course)
            return new DialOutcome.Unreachable(WhyNot(request.Target));

        var worker = stack.Workers[(int)((uint)Interlocked.Increment(ref _nextWorker) % (uint)stack.Workers.Count)];
        var operation = new Operation<DialOutcome?>(_services.Work);
        var attempt = new DialAttempt(_agents[worker.Index], request, course, operation);
        worker.Post(static state => ((DialAttempt)state!).Begin(), attempt);
        using var registration = cancellationToken.UnsafeRegister(
            _ =>
            {
                var cause = request.CancelCause;
                worker.Post(state => ((DialAttempt)state!).Cancel(cause), attempt);
            },
            null);
        var outcome = await operation.Task.ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            // The answer was quicker than the cancellation by less than a message.
            (outcome as DialOutcome.Answered)?.Call.HangUp(request.CancelCause);
            throw new OperationCanceledException(cancellationToken);
        }
        return outcome ?? new DialOutcome.Unreachable("The SIP driver is stopping.");
    }

    /// <inheritdoc />
    public IBridge CreateBridge() => new SipBridge(_services.Media.CreateBridge());

    /// <inheritdoc />
    public bool IsReachable(EndpointId endpoint) =>
        _services.Accounts.FindByEndpoint(endpoint) is not null && Live(endpoint).Any();

    /// <summary>How well the phone of an endpoint can be reached; null when it has no account. Any thread.</summary>
    public SipPhoneHealth? HealthOf(EndpointId endpoint)
    {
        if (_services.Accounts.FindByEndpoint(endpoint) is null)
            return null;
        var (times, total) = _losses.Of(endpoint);
        return new(endpoint, IsReachable(endpoint), times, total, [.. _services.Registrar.Contacts(endpoint).Select(contact => new SipContactHealth(
            contact.Protocol, contact.Address, contact.IsFixed ? null : contact.ExpiresAt, contact.IsAlive, contact.RoundTrip))]);
    }

    /// <summary>How the trunks stand, in the order of <see cref="SipOptions.Trunks"/>. Any thread.</summary>
    public IReadOnlyList<SipTrunkHealth> Trunks =>
    [
        .. _services.Trunks.All.Select(trunk => new SipTrunkHealth(trunk.Name, trunk.Status.State, trunk.Status.Reason, trunk.Status.Since, trunk.Calls)
        {
            Outgoing = trunk.Counters.Outgoing,
            Incoming = trunk.Counters.Incoming,
            Limited = trunk.Counters.Limited,
            Failovers = trunk.Counters.Failovers,
        }),
    ];

    /// <summary>Begins to keep messages for <see cref="ReadTrace"/>, and to log them at Debug. A trace that runs is replaced, what it kept is forgotten.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not 1 to 100,000.</exception>
    /// <remarks>Any thread, also before the start. Numbers are masked unless the filter says otherwise; secrets and keys pressed never show.</remarks>
    public void StartTrace(SipTraceFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Capacity, 100_000);
        _services.Trace.Start(filter);
    }

    /// <summary>Ends the trace; what it kept can be read until the next one. Any thread.</summary>
    public void StopTrace() => _services.Trace.Stop();

    /// <summary>What the trace keeps, the oldest first.</summary>
    /// <param name="after">Leaves out messages up to and including this number: that of the last one seen before.</param>
    public IReadOnlyList<SipTraceEntry> ReadTrace(long after = 0) => _services.Trace.Read(after);

    /// <summary>Sets what waits in the mailbox of an endpoint: its message lamp is lit while there is a new message (RFC 3842).</summary>
    /// <param name="endpoint">One without an account is ignored.</param>
    /// <param name="newMessages">Not heard yet.</param>
    /// <param name="oldMessages">Heard and kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <remarks>Any thread. Kept in memory only: whoever keeps the messages says it again after a restart. Phones are told when it changes.</remarks>
    public void SetMessageWaiting(EndpointId endpoint, int newMessages, int oldMessages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newMessages);
        ArgumentOutOfRangeException.ThrowIfNegative(oldMessages);
        _services.MessageWaiting.Set(endpoint, new(newMessages, oldMessages));
    }

    /// <summary>Says goodbye to what lives, waits for the answers at most <see cref="SipOptions.GoodbyeTime"/>, and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        StopAccepting();
        using var meter = _meter;
        using var activities = _services.Activities; // the spans of calls that are drained still end
        if (_services.Stack is not { } stack)
            return;
        if (stack.Workers.Any(worker => worker.IsCurrent))
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // or the worker could not end what lives on it
        Task[] drained = [.. stack.Workers.Select(Drain), _services.Trunks.StopAsync()];
        try
        {
            await Task.WhenAll(drained).WaitAsync(_options.GoodbyeTime, _services.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            SipLog.GoodbyeIncomplete(_services.Logger, drained.Count(task => !task.IsCompleted));
        }
        stack.Dispose();
    }

    private Task<bool> Drain(SipWorker worker)
    {
        var operation = new Operation<bool>(_services.Work);
        worker.Post(_ => _agents[worker.Index].Drain(() => operation.Complete(true)), null);
        return operation.Task;
    }

    private List<ISipTransport> OpenTransports(AdvertisedAddresses advertised)
    {
        List<SipListenAddress> addresses = [];
        foreach (var text in _options.Listen)
        {
            if (SipListenAddress.TryParse(text, out var listen))
                addresses.Add(listen);
        }
        List<ISipTransport> opened = [];
        try
        {
            foreach (var (protocol, local) in addresses is { Count: > 0 } ? addresses : SipListenAddress.Default)
                opened.Add(_transports.Open(protocol, local, advertised));
            return opened;
        }
        catch
        {
            foreach (var transport in opened)
                transport.Dispose();
            throw;
        }
    }

    // Before the first message, so that nobody else is at the registrar.
    private void Recover(IReadOnlyList<RegistrationBinding> stored)
    {
        foreach (var contact in _services.Accounts.FixedContacts)
            _services.Registrar.AddFixed(contact);
        _services.Registrar.Load(
            stored, endpoint => _services.Accounts.FindByEndpoint(endpoint) is not null, _services.Time.GetUtcNow(), _options.QualifyInterval > TimeSpan.Zero);
        _services.RegistrarHost.Start(_services.Stack.Workers[0]);
    }

    private void OnClosed(ISipTransport transport, IPEndPoint peer)
    {
        _services.RegistrarHost.Closed(transport.Protocol, peer);
        _services.Trunks.OnClosed(transport, peer);
    }

    private void OnReachability(EndpointId endpoint, bool reachable)
    {
        SipLog.Reachability(_services.Logger, endpoint, reachable ? "reachable" : "lost");
        _losses.OnReachability(endpoint, reachable);
        _services.Sink.OnReachability(endpoint, reachable);
        if (reachable)
            _services.MessageWaiting.OnReachable(endpoint);
    }

    // Null when there is nowhere to ring.
    private DialCourse? CourseTo(DialRequest request)
    {
        switch (request.Target)
        {
            case DialTarget.ToEndpoint { Endpoint: var endpoint } when _services.Accounts.FindByEndpoint(endpoint) is not null:
                return StagesOf(endpoint) is { Count: > 0 } stages ? new KnownCourse(stages) : null;
            case DialTarget.ToAddress { Address: var uri }:
                return CourseTo(uri);
            case DialTarget.ToNumber number when _services.Trunks.All.Count > 0:
                return new TrunkCourse(new(_services.Trunks, number, request.Caller, request.IsEmergency), _services);
            default:
                return null;
        }
    }

    private DialCourse? CourseTo(string uri)
    {
        if (!SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out var parsed) || !SipUriTransport.TryFind(parsed, out var protocol))
            return null;
        if (SipHostPort.TryParseAddress(parsed.Host, out var address))
        {
            var place = new IPEndPoint(address, parsed.Port != 0 ? parsed.Port : SipUriTransport.DefaultPort(protocol));
            return _services.Stack.FindTransport(protocol, place) is { } transport
                ? new KnownCourse([new([new(uri, place, transport, BehindNat: false)])])
                : null;
        }
        var target = new SipTarget(SipText.Decode(parsed.Host))
        {
            Port = parsed.Port,
            Transport = parsed.Parameters.Contains("transport"u8) ? protocol : null,
            IsSecure = parsed.Scheme == SipUriScheme.Sips,
        };
        return new AddressCourse(uri, _services.Stack.WithinReach(target), _services.Resolver, _services.Stack, _options.ServerTimeout);
    }

    // All contacts of one preference at once, the most wanted first (RFC 3261 §10.2.1.2).
    private List<DialStage> StagesOf(EndpointId endpoint) =>
    [
        .. Live(endpoint).DistinctBy(binding => binding.Uri)
            .GroupBy(binding => binding.QThousandths)
            .OrderByDescending(group => group.Key)
            .Select(group => group.Select(binding => Contact(binding, _services.Accounts.FindByEndpoint(endpoint)?.Srtp)).OfType<DialContact>().ToArray())
            .Where(contacts => contacts.Length > 0)
            .Select(contacts => new DialStage(contacts)),
    ];

    private DialContact? Contact(ContactBinding binding, SrtpPolicy? srtp) => binding.FindTransport(_services.Stack) is { } transport
        ? new(binding.RequestUri, binding.Address, transport, BehindNat: !binding.Address.Equals(ContactUri.Read(binding.Uri).Address)) { Srtp = srtp }
        : null;

    private IEnumerable<ContactBinding> Live(EndpointId endpoint)
    {
        var now = _services.Time.GetUtcNow();
        foreach (var binding in _services.Registrar.Contacts(endpoint))
        {
            if (binding.ExpiresAt > now && binding.IsAlive)
                yield return binding;
        }
    }

    private string WhyNot(DialTarget target) => target switch
    {
        DialTarget.ToEndpoint { Endpoint: var endpoint } when _services.Accounts.FindByEndpoint(endpoint) is null => $"There is no account for endpoint '{endpoint}'.",
        DialTarget.ToEndpoint { Endpoint: var endpoint } when _services.Registrar.Contacts(endpoint).Any(contact => !contact.IsAlive) => $"Endpoint '{endpoint}' does not answer.",
        DialTarget.ToEndpoint { Endpoint: var endpoint } => $"Endpoint '{endpoint}' is not registered.",
        DialTarget.ToNumber => "There is no trunk.",
        DialTarget.ToAddress { Address: var address } => $"'{address}' is not a sip: address that a listening address of its protocol can reach.",
        _ => "The SIP driver does not know this kind of target.",
    };
}

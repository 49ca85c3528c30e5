using System.Collections.Concurrent;
using System.Net;
using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Registrar;
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
    private int _nextWorker;
    private int _disposed;

    /// <summary>Prepares the driver; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Not changed afterwards.</param>
    /// <param name="media">Carries the audio of the calls; stays the caller's, and is disposed after the driver.</param>
    /// <param name="store">Where bindings survive a restart.</param>
    /// <param name="environment">Clock, ids, logs.</param>
    /// <param name="transports">Opens the sockets; null means UDP.</param>
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
        _transports = transports ?? new UdpSipTransportFactory(logger);
        var accounts = new ConfiguredAccounts(options);
        var policy = new RegistrationPolicy(options.MinRegistration, options.DefaultRegistration, options.MaxRegistration, options.MaxContactsPerEndpoint);
        var registrar = new SipRegistrar(Name, policy, store, OnBinding);
        _services = new()
        {
            Options = options,
            DriverName = Name,
            Media = media,
            Time = environment.Time,
            Work = environment.Work,
            Ids = environment.Ids,
            Accounts = accounts,
            Peers = new(options.TrustedPeers),
            Authenticator = new(options.Realm, options.NonceLife, countedNonces: 65_536, accounts),
            FailedAttempts = new(options.FailedAttemptsBurst, options.FailedAttemptsRefill, capacity: 16_384),
            Registrar = registrar,
            RegistrarHost = new(registrar, environment.Time),
            Logger = logger,
        };
    }

    /// <inheritdoc />
    public string Name => "sip";

    /// <inheritdoc />
    public VoiceCapabilities Capabilities =>
        VoiceCapabilities.Play | VoiceCapabilities.Digits | VoiceCapabilities.Hold | VoiceCapabilities.Bridge
        | VoiceCapabilities.Mix | VoiceCapabilities.Record | VoiceCapabilities.Stream | VoiceCapabilities.EarlyAudio | VoiceCapabilities.Transfer;

    /// <summary>Where the driver listens, in the order of <see cref="SipOptions.Listen"/>, ports known; empty before the start.</summary>
    public IReadOnlyList<IPEndPoint> BoundEndPoints { get; private set; } = [];

    /// <summary>Null before the start.</summary>
    internal SipStack? Stack => _services.Stack;

    /// <summary>Legs that have begun and not ended.</summary>
    public int LiveCalls => _services.LiveLegs;

    /// <inheritdoc />
    public async ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_services.Stack is not null)
            throw new InvalidOperationException("The SIP driver has been started before.");
        _services.Sink = sink;
        var stored = await _store.LoadAsync(Name, cancellationToken).ConfigureAwait(false);
        var opened = OpenTransports();
        var stack = _services.Stack = new(
            new()
            {
                Workers = Math.Max(1, _options.Workers),
                Threading = _options.Workers == 0 ? SipWorkerThreading.Caller : SipWorkerThreading.Dedicated,
                Timers = _options.Timers,
                Time = _services.Time,
                Running = _services.Work,
                Logger = _services.Logger,
            },
            worker => _agents[worker.Index] = new(_services, worker));
        BoundEndPoints = [.. opened.Select(transport => transport.LocalEndPoint)];
        Recover(stored);
        foreach (var transport in opened)
        {
            stack.Add(transport);
            SipLog.Listening(_services.Logger, transport.LocalEndPoint);
        }
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
        var stages = StagesOf(request.Target);
        if (stages.Count == 0)
            return new DialOutcome.Unreachable(WhyNot(request.Target));

        var worker = stack.Workers[(int)((uint)Interlocked.Increment(ref _nextWorker) % (uint)stack.Workers.Count)];
        var operation = new Operation<DialOutcome?>(_services.Work);
        var attempt = new DialAttempt(_agents[worker.Index], request, stages, operation);
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
        _services.Accounts.FindByEndpoint(endpoint) is { } account && (account.Contact is not null || Live(endpoint).Any());

    /// <summary>Says goodbye to what lives, waits for the answers at most <see cref="SipOptions.GoodbyeTime"/>, and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        StopAccepting();
        if (_services.Stack is not { } stack)
            return;
        var drained = stack.Workers.Select(Drain).ToArray();
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

    private List<ISipTransport> OpenTransports()
    {
        var advertised = _options.AdvertisedAddress is { } address ? IPAddress.Parse(address) : null;
        List<ISipTransport> opened = [];
        try
        {
            foreach (var local in _options.Listen is { Count: > 0 } listen ? listen : ["0.0.0.0:5060"])
                opened.Add(_transports.Open(IPEndPoint.Parse(local), advertised));
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
        foreach (var account in _services.Accounts.All.Where(account => account.Contact is not null))
            OnReachability(account.Endpoint, reachable: true);
        _services.Registrar.Load(stored, endpoint => _services.Accounts.FindByEndpoint(endpoint) is not null, _services.Time.GetUtcNow());
        _services.RegistrarHost.Start(_services.Stack.Workers[0]);
    }

    private void OnBinding(EndpointId endpoint, bool reachable)
    {
        // One with a fixed contact is reachable all the time.
        if (_services.Accounts.FindByEndpoint(endpoint) is { Contact: null })
            OnReachability(endpoint, reachable);
    }

    private void OnReachability(EndpointId endpoint, bool reachable)
    {
        SipLog.Reachability(_services.Logger, endpoint, reachable ? "reachable" : "lost");
        _services.Sink.OnReachability(endpoint, reachable);
    }

    private List<DialStage> StagesOf(DialTarget target) => ContactsOf(target) is { Count: > 0 } contacts ? [new(contacts)] : [];

    private List<DialContact> ContactsOf(DialTarget target)
    {
        List<DialContact> contacts = [];
        switch (target)
        {
            case DialTarget.ToAddress { Address: var uri }:
                Add(contacts, uri, SipAddress.Resolve(uri), null);
                break;
            case DialTarget.ToEndpoint { Endpoint: var endpoint } when _services.Accounts.FindByEndpoint(endpoint) is { } account:
                foreach (var binding in Live(endpoint))
                    Add(contacts, binding.Uri, binding.Address, binding.Local);
                if (account.Contact is { } contact && !contacts.Exists(other => other.Uri == contact))
                    Add(contacts, contact, SipAddress.Resolve(contact), null);
                break;
        }
        return contacts;
    }

    private IEnumerable<ContactBinding> Live(EndpointId endpoint)
    {
        var now = _services.Time.GetUtcNow();
        return _services.Registrar.Contacts(endpoint).Where(binding => binding.ExpiresAt > now);
    }

    private void Add(List<DialContact> contacts, string uri, IPEndPoint? address, IPEndPoint? local)
    {
        if (address is null)
            return;
        var transports = _services.Stack.Transports;
        var transport = transports.FirstOrDefault(one => one.LocalEndPoint.Equals(local))
            ?? transports.FirstOrDefault(one => one.LocalEndPoint.AddressFamily == address.AddressFamily);
        if (transport is not null)
            contacts.Add(new(uri, address, transport, BehindNat: !address.Equals(SipAddress.Resolve(uri))));
    }

    private string WhyNot(DialTarget target) => target switch
    {
        DialTarget.ToEndpoint { Endpoint: var endpoint } when _services.Accounts.FindByEndpoint(endpoint) is null => $"There is no account for endpoint '{endpoint}'.",
        DialTarget.ToEndpoint { Endpoint: var endpoint } => $"Endpoint '{endpoint}' is not registered.",
        DialTarget.ToAddress { Address: var address } => $"'{address}' is not a sip: address with a numeric host that a listening address can reach.",
        _ => "The SIP driver does not know this kind of target.",
    };
}

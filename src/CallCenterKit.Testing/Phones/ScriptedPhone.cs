using System.Globalization;
using System.Net;
using System.Text;
using CallCenterKit.Time;

namespace CallCenterKit.Testing;

/// <summary>
/// A SIP telephone under the control of a test: registers, calls, is called, talks and listens. It shares no code with the
/// SIP stack of this library, so the two do not share mistakes. SIP and RTP go over UDP or a <see cref="VirtualNetwork"/>.
/// </summary>
/// <remarks>
/// Any thread. What a script awaits goes on on the thread pool. On a <see cref="VirtualTimeProvider"/> one script after
/// another goes on, in the same order in every run, and each counts as running work from each completion to its next wait, so <see cref="VirtualTimeProvider.AdvanceAsync"/> waits for it.
/// </remarks>
public sealed class ScriptedPhone : IAsyncDisposable
{
    internal const string UserAgent = "CallCenterKit scripted phone";
    internal static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY";

    private readonly Dictionary<string, ScriptedCall> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PhoneRequest> _requests = new(StringComparer.Ordinal);
    private readonly HashSet<ScriptedCall> _talking = [];
    private readonly List<TraceLine> _trace = [];
    private readonly List<Task> _closing = [];
    private readonly IDatagramEndpoint _endpoint;
    private readonly PhoneInbox _inbox;
    private readonly Dictionary<string, (SipText Ack, IPEndPoint To)> _acknowledged = new(StringComparer.Ordinal);
    private PhoneRegistration? _registration;
    private readonly ITimer _frames;
    private readonly Random _random;
    private readonly string _idSuffix;
    private int _lastId;
    private bool _isDisposed;

    /// <summary>Opens the phone's SIP port. It is silent until told to do something, and rings for nobody until a script does.</summary>
    /// <param name="options">Who it is.</param>
    /// <param name="network">A <see cref="VirtualNetwork"/> or <see cref="UdpNetwork.Instance"/>.</param>
    /// <param name="time">Drives everything the phone waits for.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use.</exception>
    public ScriptedPhone(ScriptedPhoneOptions options, IDatagramNetwork network, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        (Options, Network, Time) = (options, network, time);
        Work = (time as VirtualTimeProvider)?.Scripts ?? new PhoneWork(RunningWork.Uncounted, isSerial: false);
        _random = new Random(options.Seed);
        _inbox = new PhoneInbox(Work);
        _frames = time.CreateTimer(static state => ((ScriptedPhone)state!).SendFrames(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (Gate)
        {
            _endpoint = network.Open(options.Local, OnDatagram);
            LocalEndPoint = _endpoint.LocalEndPoint;
            _idSuffix = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().Ticks:x}{LocalEndPoint.Port:x}");
        }
    }

    /// <summary>Who the phone is.</summary>
    public ScriptedPhoneOptions Options { get; }

    /// <summary>Where it receives SIP.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Its address of record, <c>sip:user@domain</c>.</summary>
    public string Address => $"sip:{Options.User}@{Domain}";

    /// <summary>Its Contact: what another phone can call directly.</summary>
    public string Contact => $"sip:{Options.User}@{LocalEndPoint}";

    /// <summary>True makes it a dead phone: whatever arrives is traced and ignored.</summary>
    public bool IgnoreEverything { get; set; }

    /// <summary>How the latest REGISTER ended, a refresh included; null before the first.</summary>
    public ScriptedRegistrationOutcome? LastRegistration
    {
        get { lock (Gate) { return _registration?.Last; } }
    }

    /// <summary>All SIP messages so far, in order.</summary>
    public IReadOnlyList<TraceLine> Trace
    {
        get { lock (Gate) { return [.. _trace]; } }
    }

    /// <summary>The calls that have not ended.</summary>
    public IReadOnlyList<ScriptedCall> Calls
    {
        get { lock (Gate) { return [.. _calls.Values.Where(call => !call.IsOver)]; } }
    }

    internal Lock Gate { get; } = new();

    internal IDatagramNetwork Network { get; }

    internal TimeProvider Time { get; }

    internal PhoneWork Work { get; }

    internal string Domain => Options.Domain ?? Options.Server?.Address.ToString() ?? LocalEndPoint.Address.ToString();

    internal string NameAddress => Options.DisplayName is { } name ? $"\"{name}\" <{Address}>" : $"<{Address}>";

    /// <summary>Registers, answers a challenge, and keeps the registration fresh until it is removed.</summary>
    /// <param name="expires">What to ask for, in whole seconds; an hour when null.</param>
    public Task<ScriptedRegistrationOutcome> RegisterAsync(TimeSpan? expires = null)
    {
        lock (Gate)
            return Registration().Send(expires ?? TimeSpan.FromHours(1));
    }

    /// <summary>Removes the registration.</summary>
    public Task<ScriptedRegistrationOutcome> UnregisterAsync()
    {
        lock (Gate)
            return Registration().Send(TimeSpan.Zero);
    }

    /// <summary>Places a call and returns at once; <see cref="ScriptedCall.Outcome"/> says how it was taken.</summary>
    /// <param name="target">A SIP URI, or a user at the phone's own domain.</param>
    /// <param name="headers">Further whole lines of the INVITE, such as <c>Replaces: …</c>.</param>
    /// <exception cref="ArgumentException">There is no server, and the URI's host is not an IP address.</exception>
    public ScriptedCall Dial(string target, params IReadOnlyList<string> headers)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(headers);
        var uri = target.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? target : $"sip:{target}@{Domain}";
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var call = new ScriptedCall(this, PhoneDialog.Outgoing(this, uri, $"<{uri}>"));
            _calls.Add(call.CallId, call);
            call.StartOutgoing(headers);
            return call;
        }
    }

    /// <summary>Places a call and waits until it is answered, refused or unanswered for good.</summary>
    /// <param name="target">A SIP URI, or a user at the phone's own domain.</param>
    /// <param name="cancellationToken">Sends CANCEL, waits for the end of it, then throws.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first; nothing is left of the call.</exception>
    public async Task<ScriptedCallOutcome> CallAsync(string target, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = Dial(target);
        var registration = cancellationToken.UnsafeRegister(static state => ((ScriptedCall)state!).Cancel(), call);
        await using (registration.ConfigureAwait(false))
        {
            var outcome = await call.Outcome.ConfigureAwait(false);
            if (outcome is not ScriptedCallOutcome.Answered)
                cancellationToken.ThrowIfCancellationRequested();
            return outcome;
        }
    }

    /// <summary>The next call to this phone. It has had 100 Trying, nothing else: ring, answer, reject, or let it wait.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the phone was disposed.</exception>
    public Task<ScriptedCall> NextCallAsync(CancellationToken cancellationToken = default)
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _inbox.TakeAsync(cancellationToken);
        }
    }

    /// <summary>Lets time pass. Unlike <c>Task.Delay</c>, a pause that is cancelled goes on before virtual time does.</summary>
    /// <param name="pause">How long; <see cref="Timeout.InfiniteTimeSpan"/> waits for the token.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken = default)
    {
        var over = new PhoneCompletion<bool>(Work);
        var timer = Time.CreateTimer(static state => ((PhoneCompletion<bool>)state!).Complete(true), over, pause, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
            await over.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends every call as a user would: CANCEL, BYE or 480.</summary>
    public Task HangUpAllAsync() => Task.WhenAll(Calls.Select(call => call.HangUpAsync()));

    /// <summary>Sends text as it stands, for what no telephone would send.</summary>
    /// <param name="text">The whole datagram.</param>
    /// <param name="destination">Null for the server.</param>
    /// <exception cref="ArgumentException">Neither a destination nor a server is known.</exception>
    public void SendRaw(string text, IPEndPoint? destination = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var to = destination ?? Options.Server ?? throw new ArgumentException("The phone has no server, so a destination is needed.", nameof(destination));
        lock (Gate)
            SendText(text, to);
    }

    /// <summary>Closes the phone without a word to anybody, as if unplugged. What still waits is cancelled or ends as abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] closing;
        lock (Gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            foreach (var call in _calls.Values.ToList())
                call.Abandon();
            foreach (var request in _requests.Values.ToList())
                request.Abandon();
            _inbox.Close();
            _registration?.Dispose();
            _frames.Dispose();
            closing = [.. _closing];
        }

        await _endpoint.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(closing).ConfigureAwait(false);
    }

    internal static SipText Response(SipText request, int status, string? reason = null, string? localTo = null) =>
        SipText.Response(status, reason ?? SipReasons.Of(status))
            .Copy(request, "Via")
            .Copy(request, "Record-Route")
            .Add("From", request["From"])
            .Add("To", localTo ?? request["To"])
            .Add("Call-ID", request.CallId)
            .Add("CSeq", request["CSeq"])
            .Add("User-Agent", UserAgent);

    /// <summary>The address of a URI whose host is an IP address; null otherwise.</summary>
    internal static IPEndPoint? AddressOf(string uri)
    {
        var host = uri.Split('?', ';')[0];
        host = host[(host.IndexOf(':', StringComparison.Ordinal) + 1)..];
        host = host[(host.LastIndexOf('@') + 1)..];
        if (!IPEndPoint.TryParse(host, out var address))
            return null;
        return address.Port == 0 ? new IPEndPoint(address.Address, 5060) : address;
    }

    internal IPEndPoint DestinationOf(string uri) => Options.Server ?? AddressOf(uri) ?? throw new ArgumentException(
        $"'{uri}' names no IP address, and phone {Options.User} has no server to send it to.");

    internal string NextVia() => $"{SipText.Version}/UDP {LocalEndPoint};branch=z9hG4bK{NextToken()};rport";

    internal string NextCallId() => $"{NextToken()}@{LocalEndPoint.Address}";

    internal string NextToken() => string.Create(CultureInfo.InvariantCulture, $"{Options.User}-{++_lastId}-{_idSuffix}{_random.Next(0x1000):x}");

    internal int NextNumber() => _random.Next();

    internal PhoneRequest Ask(PhoneDialog dialog, SipText message, PhoneRequestHandlers handlers) => new(this, dialog, message, handlers);

    internal void Remember(PhoneRequest request) => _requests[KeyOf(request.Message)] = request;

    internal void Forget(PhoneRequest request) => _requests.Remove(KeyOf(request.Message));

    internal void Forget(ScriptedCall call)
    {
        if (_calls.GetValueOrDefault(call.CallId) == call) // one that was challenged comes again
            _calls.Remove(call.CallId);
    }

    internal void Send(SipText message, IPEndPoint destination) => SendText(message.ToString(), destination);

    /// <summary>Sends the ACK of a failed INVITE now and whenever the failure comes again (RFC 3261 §17.1.1.2).</summary>
    internal void Acknowledge(SipText invite, SipText acknowledgement, IPEndPoint destination)
    {
        _acknowledged[KeyOf(invite)] = (acknowledgement, destination);
        Send(acknowledgement, destination);
    }

    internal void StartTalking(ScriptedCall call)
    {
        if (_talking.Add(call) && _talking.Count == 1)
            _frames.Change(Frame, Frame);
    }

    internal void StopTalking(ScriptedCall call)
    {
        if (_talking.Remove(call) && _talking.Count == 0)
            _frames.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Disposal waits for it.</summary>
    internal void Watch(Task closing)
    {
        _closing.RemoveAll(task => task.IsCompletedSuccessfully);
        _closing.Add(closing);
    }

    private static string KeyOf(SipText message) => $"{message.Branch} {message.CSeq.Method}";

    private PhoneRegistration Registration()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _registration ??= new PhoneRegistration(this);
    }

    private void SendText(string text, IPEndPoint destination)
    {
        if (_isDisposed)
            return;
        _trace.Add(new TraceLine(Time.GetUtcNow(), IsSent: true, destination, text));
        _endpoint.Send(Encoding.UTF8.GetBytes(text), destination);
    }

    private void OnDatagram(ReadOnlyMemory<byte> datagram, IPEndPoint from)
    {
        lock (Gate)
        {
            if (_isDisposed || SipText.Parse(datagram.Span) is not { } message)
                return;
            _trace.Add(new TraceLine(Time.GetUtcNow(), IsSent: false, from, Encoding.UTF8.GetString(datagram.Span)));
            if (IgnoreEverything)
                return;
            if (message.IsRequest)
                OnRequest(message, from);
            else if (_requests.TryGetValue(KeyOf(message), out var request))
                request.OnResponse(message);
            else if (message.Status >= 300 && _acknowledged.TryGetValue(KeyOf(message), out var done))
                Send(done.Ack, done.To);
        }
    }

    private void OnRequest(SipText request, IPEndPoint from)
    {
        if (_calls.TryGetValue(request.CallId, out var call) && !call.IsFollowedBy(request))
            call.OnRequest(request, from);
        else if (request.Method == "INVITE" && request.ToTag.Length == 0)
            OnNewCall(request, from);
        else if (request.Method != "ACK")
            Send(Answer(request), from);
    }

    private void OnNewCall(SipText invite, IPEndPoint from)
    {
        Send(Response(invite, 100), from);
        var call = new ScriptedCall(this, PhoneDialog.Incoming(this, invite, from), invite, from);
        _calls[call.CallId] = call;
        _inbox.Put(call);
    }

    // Requests outside of any call we know.
    private SipText Answer(SipText request)
    {
        var status = request.Method switch
        {
            "OPTIONS" or "NOTIFY" or "INFO" when request.ToTag.Length == 0 => 200,
            "OPTIONS" or "NOTIFY" or "INFO" or "INVITE" or "BYE" or "CANCEL" => 481,
            _ => 405,
        };
        return Response(request, status, null, request.ToTag.Length == 0 ? $"{request["To"]};tag={NextToken()}" : null).Add("Allow", Allow);
    }

    private void SendFrames()
    {
        lock (Gate)
        {
            foreach (var call in _talking)
                call.SendFrames();
        }
    }
}

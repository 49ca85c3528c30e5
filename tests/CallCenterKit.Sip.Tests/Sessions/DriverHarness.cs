using System.Diagnostics.Metrics;
using System.Net;
using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>A whole driver under virtual time, run by whoever sends to it, with a peer that speaks in text.</summary>
internal sealed class DriverHarness : ITelephonySink, ISipTransportFactory, IAsyncDisposable
{
    internal const string Sdp = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP 8 101\n"
        + "a=rtpmap:8 PCMA/8000\na=rtpmap:101 telephone-event/8000\n";

    // A 2xx without its ACK, then a BYE without its answer, then what lingers for repetitions (RFC 3261 §17): 64 T1 each.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(100);

    private readonly MediaEngine _media;
    private readonly int _ports;
    private uint _branch, _callIds;
    private bool _isDisposed;
    private string _lastCSeq = "";

    private DriverHarness(IRegistrationStore? store, Action<SipOptions>? configure, IMeterFactory? meters)
    {
        Transport = new(Time, SipTransportProtocol.Udp);
        _media = new(
            new MediaOptions { Threads = 0, BindAddress = "192.0.2.99", Seed = 1 }, Time, NullLogger<MediaEngine>.Instance, new SilentRtp());
        _ports = _media.FreePorts;
        var options = new SipOptions { Workers = 0, Realm = "test", QualifyInterval = TimeSpan.Zero };
        options.Listen.Add("192.0.2.99:5060");
        options.Accounts.Add(new() { Endpoint = "alice", Password = "secret" });
        options.Accounts.Add(new() { Endpoint = "bob", Password = "hidden" });
        configure?.Invoke(options);
        Driver = new(options, _media, store ?? new InMemoryRegistrationStore(), new(Time, new IdSource(Time)) { Work = Time.Work, Meters = meters, Resolver = new Names(Hosts) }, this);
    }

    internal VirtualTimeProvider Time { get; } = new();

    internal FakeTransport Transport { get; }

    /// <summary>The transport of connections, where the options listen for some.</summary>
    internal FakeTransport Stream { get; private set; } = null!;

    internal SipTelephony Driver { get; }

    /// <summary>What names lead to; others do not exist.</summary>
    internal Dictionary<string, IReadOnlyList<SipHop>> Hosts { get; } = [];

    /// <summary>What the host was told, in order.</summary>
    internal List<string> Told { get; } = [];

    internal ICall Call { get; private set; } = null!;

    /// <summary>Runs inside of the driver, with the words of <see cref="Told"/> for what it is told.</summary>
    internal Action<ICall?, string>? OnTold { get; set; }

    /// <summary>Of the last request outside of a dialog; requests within one are of this.</summary>
    internal string CallId { get; set; } = "inbound";

    internal SipUserAgent Agent => Assert.Single(Driver.Agents);

    internal SipTransactionLayer Transactions => Agent.Worker.Transactions;

    internal int PortsTaken
    {
        get
        {
            RunMedia();
            return _ports - _media.FreePorts;
        }
    }

    internal List<FakeTransport.Sending> Sent => Transport.Sent;

    internal FakeTransport.Sending Last => Transport.Sent[^1];

    internal static async Task<DriverHarness> StartAsync(Action<SipOptions>? configure = null, IRegistrationStore? store = null, IMeterFactory? meters = null)
    {
        var harness = new DriverHarness(store, configure, meters);
        await harness.Driver.StartAsync(harness, default);
        return harness;
    }

    /// <summary>With the text peer trusted as trunk "lab".</summary>
    internal static Task<DriverHarness> StartTrustedAsync(Action<SipOptions>? configure = null) => StartAsync(options =>
    {
        options.TrustedPeers.Add(new() { Name = "lab", Address = "192.0.2.1" });
        configure?.Invoke(options);
    });

    /// <summary>The final response to the request, which the driver has given at once.</summary>
    internal FakeTransport.Sending Ask(
        string method, string extra = "", string toTag = "", int cseq = 1, string body = "", string from = "carol", string type = "application/sdp")
    {
        Transport.Receive(Request(method, extra, toTag, cseq, body, from, type));
        return Last;
    }

    /// <summary>A request of the peer; one outside of a dialog has a Call-ID of its own.</summary>
    internal string Request(
        string method, string extra = "", string toTag = "", int cseq = 1, string body = "", string from = "carol", string type = "application/sdp")
    {
        if (toTag.Length == 0)
            CallId = ++_callIds == 1 ? "inbound" : $"inbound-{_callIds}";
        _lastCSeq = $"{cseq}";
        return Text($"{method} sip:100@192.0.2.99", $"z9hG4bK{++_branch}", extra, toTag, $"{cseq} {method}", body, from, type);
    }

    /// <summary>The request with the branch of the last one: CANCEL, or an INVITE that is repeated.</summary>
    internal string Again(string method, string extra = "", string body = "") =>
        Text($"{method} sip:100@192.0.2.99", $"z9hG4bK{_branch}", extra, "", $"{_lastCSeq} {method}", body, "carol", "application/sdp");

    /// <summary>A request of the party we dialled, within the dialog that its tag names.</summary>
    internal string FarRequest(
        FakeTransport.Sending invite, string method, int cseq = 1, string tag = "far", string extra = "", string body = "", string type = "application/sdp") =>
        $"{method} sip:192.0.2.99:5060 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKfar{++_branch}\nMax-Forwards: 70\n"
        + $"From: {invite.Header("To")};tag={tag}\nTo: {invite.Header("From")}\nCall-ID: {invite.Header("Call-ID")}\nCSeq: {cseq} {method}\n"
        + $"Contact: <sip:bob@192.0.2.1:5060>\n{extra}{Body(body, type)}";

    /// <summary>The response to it.</summary>
    internal FakeTransport.Sending FarAsk(
        FakeTransport.Sending invite, string method, int cseq = 1, string tag = "far", string extra = "", string body = "", string type = "application/sdp")
    {
        Transport.Receive(FarRequest(invite, method, cseq, tag, extra, body, type));
        return Last;
    }

    internal void Invite(string body = Sdp, string extra = "") => Transport.Receive(Request("INVITE", extra, body: body));

    /// <summary>An inbound call that is answered and acknowledged.</summary>
    internal async Task<string> ConnectAsync(string extra = "")
    {
        Invite(extra: extra);
        await Call.AnswerAsync(default);
        var tag = TagOf(Last);
        Acknowledge(tag);
        return tag;
    }

    /// <summary>The ACK for a 2xx of the driver.</summary>
    internal void Acknowledge(string tag, int cseq = 1, string body = "") => Transport.Receive(Request("ACK", toTag: tag, cseq: cseq, body: body));

    /// <summary>A call that the driver dialled and that was answered, and its INVITE.</summary>
    internal async Task<(ICall Call, FakeTransport.Sending Invite)> ConnectOutboundAsync(string extra = "")
    {
        var dialling = DialAsync();
        var invite = Last;
        Respond(invite, 200, body: Sdp, extra: extra);
        return (Assert.IsType<DialOutcome.Answered>(await dialling).Call, invite);
    }

    /// <summary>Answers a request of the driver.</summary>
    internal void Respond(FakeTransport.Sending request, int status, string tag = "far", string body = "", string extra = "") => Transport.Receive(
        $"SIP/2.0 {status} Reason\nVia: {request.Header("Via")}\nFrom: {request.Header("From")}\n"
        + $"To: {request.Header("To")}{(request.Header("To").Contains(";tag=", StringComparison.Ordinal) ? "" : ";tag=" + tag)}\n"
        + $"Call-ID: {request.Header("Call-ID")}\nCSeq: {request.Header("CSeq")}\nContact: <sip:bob@192.0.2.1:5060>\n{extra}{Body(body)}",
        request.To);

    /// <summary>Dials places that no target names.</summary>
    internal async Task<DialOutcome?> DialAsync(params DialStage[] stages)
    {
        var operation = new Operation<DialOutcome?>(Time.Work);
        var request = new DialRequest { Id = new(Guid.Empty), Target = new DialTarget.ToNumber("100", []), Caller = new("200") };
        var attempt = new DialAttempt(Agent, request, new KnownCourse(stages), operation);
        Agent.Worker.Post(_ => attempt.Begin(), null);
        return await operation.Task;
    }

    /// <summary>A place at the text peer, or at another host beside it.</summary>
    internal DialContact Contact(string user, int host = 1) =>
        new($"sip:{user}@192.0.2.{host}", new(IPAddress.Parse($"192.0.2.{host}"), 5060), Transport, BehindNat: false);

    internal Task<DialOutcome> DialAsync(DialTarget target, TimeSpan? ringTime = null, HangUpCause cancelCause = HangUpCause.Cancelled, CancellationToken cancellationToken = default) =>
        Driver.DialAsync(
            new()
            {
                Id = new(Guid.Parse("00000000-0000-7000-8000-000000000001")),
                Target = target,
                Caller = new("4930123456", "Ada \"L\""),
                RingTime = ringTime,
                CancelCause = cancelCause,
            },
            cancellationToken).AsTask();

    internal Task<DialOutcome> DialAsync(TimeSpan? ringTime = null, HangUpCause cancelCause = HangUpCause.Cancelled, CancellationToken cancellationToken = default) =>
        DialAsync(new DialTarget.ToAddress("sip:bob@192.0.2.1"), ringTime, cancelCause, cancellationToken);

    /// <summary>Registers a contact of alice with her password.</summary>
    internal FakeTransport.Sending Register(string contact, string user = "alice", string password = "secret", string record = "", string extra = "")
    {
        var challenge = Ask("REGISTER", from: record.Length > 0 ? record : user);
        var authorization = Authorize(challenge, "REGISTER", user, password);
        return Ask("REGISTER", $"Contact: {contact}\nAuthorization: {authorization}\n{extra}", cseq: ++Cseq, from: record.Length > 0 ? record : user);
    }

    internal int Cseq { get; set; } = 1;

    /// <summary>The answer to the first challenge that can be answered.</summary>
    internal static string Authorize(FakeTransport.Sending challenge, string method, string user, string password) => challenge.Headers("WWW-Authenticate")
        .Select(value => DigestClient.Answer(System.Text.Encoding.UTF8.GetBytes(value), method, "sip:100@192.0.2.99", user, password))
        .First(answer => answer is not null)!;

    /// <summary>The peer's SDP with another RTP port, so that one can tell whose answer counts.</summary>
    internal static string SdpAt(int port) => Sdp.Replace("4000", $"{port}", StringComparison.Ordinal);

    /// <summary>Where the audio of a call goes.</summary>
    internal static int RemotePort(ICall call) => ((SipCall)call).Leg.Media.Leg.Negotiated!.RemoteRtp.Port;

    internal static string TagOf(FakeTransport.Sending response) => response.Header("To").Split(";tag=")[1];

    internal IEnumerable<FakeTransport.Sending> SentOf(string method) => Sent.Where(sending => sending.Text.StartsWith(method + " ", StringComparison.Ordinal));

    internal IEnumerable<FakeTransport.Sending> ResponsesTo(string method) => Sent.Where(sending =>
        sending.Text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && sending.Header("CSeq").EndsWith(" " + method, StringComparison.Ordinal));

    /// <summary>Carries out what was asked of the audio.</summary>
    internal void RunMedia() => _media.RunOnce(Time.GetUtcNow());

    internal void Advance(double milliseconds) => Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public void OnIncoming(ICall call)
    {
        Call = call;
        Tell(call, $"incoming {call.Origin}");
    }

    public void OnSignal(ICall call, CallSignal signal) => Tell(call, signal switch
    {
        CallSignal.Ended ended => $"ended {ended.Ending.Cause} by {ended.Ending.By}",
        CallSignal.Digit digit => $"digit {digit.Key}",
        CallSignal.TransferAsked { Replaces: null } asked => $"transfer to {asked.Target}",
        CallSignal.TransferAsked asked => $"transfer to {asked.Target} in place of {asked.Replaces}",
        _ => signal.GetType().Name,
    });

    public void OnReachability(EndpointId endpoint, bool reachable) => Tell(null, $"{endpoint} {(reachable ? "reachable" : "lost")}");

    public ISipTransport Open(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised) =>
        protocol == SipTransportProtocol.Udp ? Transport : Stream = new(Time, protocol);

    /// <summary>Ends what lives, without an answer of the peer, and looks whether anything is left over.</summary>
    public async ValueTask DisposeAsync()
    {
        var agents = Driver.Agents.ToArray();
        Assert.All(agents, agent => Assert.Equal(0, agent.Worker.Stack.Snapshot().Faults));
        if (!_isDisposed)
        {
            foreach (var agent in agents)
                agent.Worker.Post(state => ((SipUserAgent)state!).Drain(static () => { }), agent);
            await Time.AdvanceAsync(LongestGoodbye);
            foreach (var agent in agents)
            {
                Assert.Equal(0, agent.Count);
                Assert.Equal(0, agent.Worker.Transactions.ServerCount);
                Assert.Equal(0, agent.Worker.Transactions.ClientCount);
                // One for all registrations.
                Assert.InRange(agent.Worker.TimerCount, 0, Told.Exists(told => told.EndsWith(" reachable", StringComparison.Ordinal)) ? 1 : 0);
                Assert.Equal(0, agent.Worker.Stack.Snapshot().Faults);
            }
            Assert.Equal(0, Driver.LiveCalls);
            Assert.Equal(0, PortsTaken);
        }

        var disposal = Driver.DisposeAsync().AsTask();
        await Time.AdvanceAsync(TimeSpan.FromMinutes(1)); // Longer than the goodbye of a driver; what is left then needs no more time.
        await disposal;
        _media.Dispose();
    }

    /// <summary>Stops the driver in the middle of a test; what is left over is then not looked at.</summary>
    internal Task StopAsync()
    {
        _isDisposed = true;
        return Driver.DisposeAsync().AsTask();
    }

    private void Tell(ICall? call, string what)
    {
        Told.Add(what);
        OnTold?.Invoke(call, what);
    }

    private string Text(string head, string branch, string extra, string toTag, string cseq, string body, string from, string type) =>
        $"{head} SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch={branch}\nMax-Forwards: 70\nFrom: \"Carol C\" <sip:{from}@test>;tag=near\n"
        + $"To: <sip:{(head.StartsWith("REGISTER", StringComparison.Ordinal) ? from : "100")}@test>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\n"
        + $"Call-ID: {CallId}\nCSeq: {cseq}\n{(extra.Contains("Contact:", StringComparison.Ordinal) ? "" : "Contact: <sip:carol@192.0.2.1:5060>\n")}{extra}{Body(body, type)}";

    private static string Body(string body, string type = "application/sdp") => body.Length == 0
        ? "Content-Length: 0\n\n"
        : $"Content-Type: {type}\nContent-Length: {body.Replace("\n", "\r\n", StringComparison.Ordinal).Length}\n\n{body}";

    private sealed class Names(Dictionary<string, IReadOnlyList<SipHop>> hosts) : ISipResolver
    {
        public ValueTask<SipResolution> ResolveAsync(SipTarget target, CancellationToken cancellationToken) => new(
            IPAddress.TryParse(target.Host, out var address) ? new SipResolution.Found([new(target.Transport ?? SipTransportProtocol.Udp, new(address, target.Port == 0 ? 5060 : target.Port), target.Host)])
            : hosts.TryGetValue(target.Host, out var hops) ? new SipResolution.Found(hops)
            : new SipResolution.Failed($"There is no '{target.Host}'."));
    }

    private sealed class SilentRtp : IRtpTransportFactory
    {
        public RtpTransportPair? Open(IPEndPoint rtp) => new(new Silent(rtp), new Silent(new(rtp.Address, rtp.Port + 1)));

        private sealed class Silent(IPEndPoint local) : IRtpTransport
        {
            public IPEndPoint LocalEndPoint => local;

            public int Receive(Span<byte> buffer, SocketAddress from) => -1;

            public int Send(ReadOnlySpan<byte> datagram, SocketAddress to) => datagram.Length;

            public void Dispose()
            {
            }
        }
    }
}

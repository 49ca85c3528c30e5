using System.Diagnostics.Metrics;
using System.Net;
using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Tests.Transactions;
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

    private readonly MediaEngine _media;
    private uint _branch;

    private DriverHarness(IRegistrationStore? store, Action<SipOptions>? configure, IMeterFactory? meters)
    {
        Transport = new(Time, SipTransportProtocol.Udp);
        _media = new(
            new MediaOptions { Threads = 0, BindAddress = "192.0.2.99", Seed = 1 }, Time, NullLogger<MediaEngine>.Instance, new SilentRtp());
        var options = new SipOptions { Workers = 0, Realm = "test", QualifyInterval = TimeSpan.Zero };
        options.Listen.Add("192.0.2.99:5060");
        options.Accounts.Add(new() { Endpoint = "alice", Password = "secret" });
        options.Accounts.Add(new() { Endpoint = "bob", Password = "hidden" });
        configure?.Invoke(options);
        Driver = new(options, _media, store ?? new InMemoryRegistrationStore(), new(Time, new IdSource(Time)) { Work = Time.Work, Meters = meters }, this);
    }

    internal VirtualTimeProvider Time { get; } = new();

    internal FakeTransport Transport { get; }

    internal SipTelephony Driver { get; }

    /// <summary>What the host was told, in order.</summary>
    internal List<string> Told { get; } = [];

    internal ICall Call { get; private set; } = null!;

    internal List<FakeTransport.Sending> Sent => Transport.Sent;

    internal FakeTransport.Sending Last => Transport.Sent[^1];

    internal static async Task<DriverHarness> StartAsync(Action<SipOptions>? configure = null, IRegistrationStore? store = null, IMeterFactory? meters = null)
    {
        var harness = new DriverHarness(store, configure, meters);
        await harness.Driver.StartAsync(harness, default);
        return harness;
    }

    /// <summary>With the text peer trusted as trunk "lab".</summary>
    internal static Task<DriverHarness> StartTrustedAsync() => StartAsync(options => options.TrustedPeers.Add(new() { Name = "lab", Address = "192.0.2.1" }));

    /// <summary>The final response to the request, which the driver has given at once.</summary>
    internal FakeTransport.Sending Ask(string method, string extra = "", string toTag = "", int cseq = 1, string body = "", string from = "carol")
    {
        Transport.Receive(Request(method, extra, toTag, cseq, body, from));
        return Last;
    }

    internal string Request(string method, string extra = "", string toTag = "", int cseq = 1, string body = "", string from = "carol") =>
        Text($"{method} sip:100@192.0.2.99", $"z9hG4bK{++_branch}", extra, toTag, $"{cseq} {method}", body, from);

    /// <summary>The request with the branch of the last one: CANCEL, or an INVITE that is repeated.</summary>
    internal string Again(string method, string extra = "", string body = "") =>
        Text($"{method} sip:100@192.0.2.99", $"z9hG4bK{_branch}", extra, "", $"1 {method}", body, "carol");

    internal void Invite(string body = Sdp) => Transport.Receive(Request("INVITE", body: body));

    /// <summary>An inbound call that is answered and acknowledged.</summary>
    internal async Task<string> ConnectAsync()
    {
        Invite();
        await Call.AnswerAsync(default);
        var tag = TagOf(Last);
        Transport.Receive(Request("ACK", toTag: tag));
        return tag;
    }

    /// <summary>Answers a request of the driver.</summary>
    internal void Respond(FakeTransport.Sending request, int status, string tag = "far", string body = "", string extra = "") => Transport.Receive(
        $"SIP/2.0 {status} Reason\nVia: {request.Header("Via")}\nFrom: {request.Header("From")}\n"
        + $"To: {request.Header("To")}{(request.Header("To").Contains(";tag=", StringComparison.Ordinal) ? "" : ";tag=" + tag)}\n"
        + $"Call-ID: {request.Header("Call-ID")}\nCSeq: {request.Header("CSeq")}\nContact: <sip:bob@192.0.2.1:5060>\n{extra}{Body(body)}",
        request.To);

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

    internal static string TagOf(FakeTransport.Sending response) => response.Header("To").Split(";tag=")[1];

    internal IEnumerable<FakeTransport.Sending> SentOf(string method) => Sent.Where(sending => sending.Text.StartsWith(method + " ", StringComparison.Ordinal));

    internal void Advance(double milliseconds) => Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public void OnIncoming(ICall call)
    {
        Call = call;
        Told.Add($"incoming {call.Origin}");
    }

    public void OnSignal(ICall call, CallSignal signal) => Told.Add(signal switch
    {
        CallSignal.Ended ended => $"ended {ended.Ending.Cause} by {ended.Ending.By}",
        CallSignal.Digit digit => $"digit {digit.Key}",
        _ => signal.GetType().Name,
    });

    public void OnReachability(EndpointId endpoint, bool reachable) => Told.Add($"{endpoint} {(reachable ? "reachable" : "lost")}");

    public ISipTransport Open(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised) => Transport;

    public async ValueTask DisposeAsync()
    {
        var disposal = Driver.DisposeAsync().AsTask();
        await Time.AdvanceAsync(TimeSpan.FromMinutes(1)); // Longer than the goodbye of a driver; what is left then needs no more time.
        await disposal;
        _media.Dispose();
    }

    private static string Text(string head, string branch, string extra, string toTag, string cseq, string body, string from) =>
        $"{head} SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch={branch}\nMax-Forwards: 70\nFrom: \"Carol C\" <sip:{from}@test>;tag=near\n"
        + $"To: <sip:{(head.StartsWith("REGISTER", StringComparison.Ordinal) ? from : "100")}@test>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\n"
        + $"Call-ID: inbound\nCSeq: {cseq}\n{(extra.Contains("Contact:", StringComparison.Ordinal) ? "" : "Contact: <sip:carol@192.0.2.1:5060>\n")}{extra}{Body(body)}";

    private static string Body(string body) => body.Length == 0
        ? "Content-Length: 0\n\n"
        : $"Content-Type: application/sdp\nContent-Length: {body.Replace("\n", "\r\n", StringComparison.Ordinal).Length}\n\n{body}";

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

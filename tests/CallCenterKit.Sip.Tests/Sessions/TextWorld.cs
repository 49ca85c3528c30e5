using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Tests.RandomCalls;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>A driver with as many addresses and workers as a test wants, on a network with peers that speak in text.</summary>
internal sealed class TextWorld : ITelephonySink, IAsyncDisposable
{
    private readonly VirtualNetwork _network;
    private readonly MediaEngine _media;

    private TextWorld(Action<SipOptions> configure)
    {
        _network = new(Time, new());
        _media = new(new MediaOptions { Threads = 0, BindAddress = "0.0.0.0", Seed = 1 }, Time, NullLogger<MediaEngine>.Instance, new SilentRtp());
        var options = new SipOptions { Workers = 0, QualifyInterval = TimeSpan.Zero };
        configure(options);
        Driver = new(options, _media, new InMemoryRegistrationStore(), new(Time, new IdSource(Time)) { Work = Time.Work }, new VirtualSipTransportFactory(_network));
    }

    internal VirtualTimeProvider Time { get; } = new();

    internal SipTelephony Driver { get; }

    internal ConcurrentQueue<(ICall Call, CallSignal? Signal)> Told { get; } = new();

    internal ICall LastIncoming => Told.Last(told => told.Signal is null).Call;

    internal static async Task<TextWorld> StartAsync(Action<SipOptions> configure)
    {
        var world = new TextWorld(configure);
        await world.Driver.StartAsync(world, default);
        await world.SettleAsync();
        return world;
    }

    /// <summary>Lets what is under way arrive and be answered.</summary>
    internal Task SettleAsync() => Time.AdvanceAsync(TimeSpan.FromMilliseconds(1));

    internal TextPeer Open(string address, string center) => new(this, _network, IPEndPoint.Parse(address), IPEndPoint.Parse(center));

    /// <summary>Dials places that no target names.</summary>
    internal Task<DialOutcome?> DialAsync(params DialStage[] stages)
    {
        var agent = Driver.Agents.First();
        var operation = new Operation<DialOutcome?>(Time.Work);
        var request = new DialRequest { Id = new(Guid.Empty), Target = new DialTarget.ToNumber("100", []), Caller = new("200") };
        var attempt = new DialAttempt(agent, request, new KnownCourse(stages), operation);
        agent.Worker.Post(_ => attempt.Begin(), null);
        return operation.Task;
    }

    internal DialContact Contact(string address)
    {
        var place = IPEndPoint.Parse(address);
        return new($"sip:bob@{place}", place, Driver.Stack!.FindTransport(SipTransportProtocol.Udp, place)!, BehindNat: false);
    }

    public void OnIncoming(ICall call) => Told.Enqueue((call, null));

    public void OnSignal(ICall call, CallSignal signal) => Told.Enqueue((call, signal));

    public void OnReachability(EndpointId endpoint, bool reachable)
    {
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, Driver.Stack!.Snapshot().Faults);
        var disposal = Driver.DisposeAsync().AsTask();
        await Time.AdvanceAsync(TimeSpan.FromMinutes(1)); // longer than the goodbye
        await disposal;
        Assert.Equal(0, Driver.LiveCalls);
        _media.Dispose();
    }

    /// <summary>A peer, and what came to it.</summary>
    internal sealed class TextPeer
    {
        private readonly TextWorld _world;
        private readonly IDatagramEndpoint _endpoint;
        private readonly IPEndPoint _center;
        private int _branches;

        public TextPeer(TextWorld world, IDatagramNetwork network, IPEndPoint local, IPEndPoint center)
        {
            _world = world;
            _center = center;
            _endpoint = network.Open(local, (datagram, from) => Received.Enqueue((Encoding.UTF8.GetString(datagram.Span), from)));
        }

        public ConcurrentQueue<(string Text, IPEndPoint From)> Received { get; } = new();

        public string Last => Received.Last().Text;

        public static string Header(string message, string name) =>
            message.Split("\r\n").First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

        /// <summary>Where the SDP of a message wants audio.</summary>
        public static string AudioAddress(string message) => message.Split("\r\n").First(line => line.StartsWith("c=IN IP4 ", StringComparison.Ordinal))[9..];

        public string First(string start) => Received.First(message => message.Text.StartsWith(start, StringComparison.Ordinal)).Text;

        public Task SendAsync(string text)
        {
            _endpoint.Send(Messages.Wire.Bytes(text), _center);
            return _world.SettleAsync();
        }

        /// <summary>A request of ours; one with a tag of the center is within the dialog.</summary>
        public Task RequestAsync(string method, string callId, string toTag = "", int cseq = 1, string extra = "", bool hasSdp = false) =>
            SendAsync(Request(method, callId, $"z9hG4bK{++_branches}", toTag, cseq, extra, hasSdp));

        /// <summary>The CANCEL of the last request.</summary>
        public Task CancelAsync(string callId) => SendAsync(Request("CANCEL", callId, $"z9hG4bK{_branches}", "", 1, "", hasSdp: false));

        /// <summary>Answers a request of the center.</summary>
        public Task RespondAsync(string request, int status, bool hasSdp = false) => SendAsync(
            $"SIP/2.0 {status} Reason\nVia: {Header(request, "Via")}\nFrom: {Header(request, "From")}\n"
            + $"To: {Header(request, "To")}{(Header(request, "To").Contains(";tag=", StringComparison.Ordinal) ? "" : ";tag=far")}\n"
            + $"Call-ID: {Header(request, "Call-ID")}\nCSeq: {Header(request, "CSeq")}\nContact: <sip:bob@{_endpoint.LocalEndPoint}>\n{Body(hasSdp)}");

        /// <summary>Calls the center, which answers; returns the tag of the center.</summary>
        public async Task<string> ConnectAsync(string callId)
        {
            await RequestAsync("INVITE", callId, hasSdp: true);
            var answering = _world.LastIncoming.AnswerAsync(default).AsTask();
            await _world.SettleAsync();
            await answering;
            var tag = Header(First("SIP/2.0 200"), "To").Split(";tag=")[1];
            Received.Clear();
            await RequestAsync("ACK", callId, tag);
            return tag;
        }

        private string Request(string method, string callId, string branch, string toTag, int cseq, string extra, bool hasSdp) =>
            $"{method} sip:100@{_center} SIP/2.0\nVia: SIP/2.0/UDP {_endpoint.LocalEndPoint};branch={branch}\nMax-Forwards: 70\nFrom: <sip:carol@test>;tag=near\n"
            + $"To: <sip:100@test>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\nCall-ID: {callId}\nCSeq: {cseq} {method}\n"
            + $"Contact: <sip:carol@{_endpoint.LocalEndPoint}>\n{extra}{Body(hasSdp)}";

        private static string Body(bool hasSdp) => hasSdp
            ? $"Content-Type: application/sdp\nContent-Length: {DriverHarness.Sdp.Replace("\n", "\r\n", StringComparison.Ordinal).Length}\n\n{DriverHarness.Sdp}"
            : "Content-Length: 0\n\n";
    }
}

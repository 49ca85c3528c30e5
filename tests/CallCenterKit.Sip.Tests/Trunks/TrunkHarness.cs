using System.Net;
using System.Text;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Tests.Resolving;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Sip.Trunks;
using CallCenterKit.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Trunks;

/// <summary>Trunks under virtual time over a transport that notes what is sent, with names from a zone of the test.</summary>
internal sealed class TrunkHarness : ISipTransactionUser, IDisposable
{
    private readonly SipStack _stack;

    internal TrunkHarness(SipTransportProtocol protocol, params SipTrunkOptions[] trunks)
    {
        Transport = new(Time, protocol);
        _stack = new(new() { Threading = SipWorkerThreading.Caller, Time = Time, Running = Time.Work, Hash = new SipHash(1, 2) }, _ => this);
        _stack.Add(Transport);
        Trunks = new(trunks, new()
        {
            Time = Time,
            Resolver = new SipResolver(Zone, new(new Random(5))),
            Logger = NullLogger.Instance,
            Work = Time.Work,
            Draws = new(new Random(9)),
            UserAgent = "test",
        });
    }

    internal TrunkHarness(params SipTrunkOptions[] trunks)
        : this(SipTransportProtocol.Udp, trunks)
    {
    }

    internal VirtualTimeProvider Time { get; } = new();

    internal Zone Zone { get; } = new();

    internal FakeTransport Transport { get; }

    internal SipTrunks Trunks { get; }

    internal SipTrunk Trunk => Trunks.All[0];

    internal FakeTransport.Sending Last => Transport.Sent[^1];

    /// <summary>A trunk that registers, and is not asked for its health.</summary>
    internal static SipTrunkOptions Registering(string host = "192.0.2.1", Action<SipTrunkOptions>? configure = null)
    {
        var options = new SipTrunkOptions { Name = "carrier", Host = host, User = "4930", Password = "secret", Register = true, HealthInterval = TimeSpan.Zero };
        configure?.Invoke(options);
        return options;
    }

    /// <summary>A trunk that knows us by our address.</summary>
    internal static SipTrunkOptions Plain(string name = "gateway", string host = "192.0.2.1", Action<SipTrunkOptions>? configure = null)
    {
        var options = new SipTrunkOptions { Name = name, Host = host, HealthInterval = TimeSpan.Zero };
        configure?.Invoke(options);
        return options;
    }

    internal TrunkHarness Started()
    {
        Trunks.Start(_stack);
        return this;
    }

    internal void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    internal void Respond(int status, string extra = "", FakeTransport.Sending? to = null)
    {
        var request = to ?? Last;
        Transport.Receive(
            $"SIP/2.0 {status} Reason\nVia: {request.Header("Via")}\nFrom: {request.Header("From")}\nTo: {request.Header("To")};tag=far\n"
            + $"Call-ID: {request.Header("Call-ID")}\nCSeq: {request.Header("CSeq")}\n{extra}Content-Length: 0\n\n",
            request.To);
    }

    /// <summary>Answers the REGISTER sent last as most registrars do.</summary>
    internal void Grant(int seconds) => Respond(200, $"Contact: {Last.Header("Contact")};expires={seconds}\n");

    internal IEnumerable<FakeTransport.Sending> SentOf(string method) =>
        Transport.Sent.Where(sending => sending.Text.StartsWith(method + " ", StringComparison.Ordinal));

    /// <summary>How many requests of this method there were, repetitions not counted.</summary>
    internal int CountOf(string method) => SentOf(method).Select(sending => sending.Header("Call-ID") + sending.Header("CSeq")).Distinct().Count();

    /// <summary>Whether the request that was sent last has a right answer to a challenge, and to which.</summary>
    internal (string Algorithm, string Nonce, uint Count) Credentials(string header = "Authorization", string password = "secret")
    {
        Assert.True(DigestCredentials.TryParse(Encoding.UTF8.GetBytes(Last.Header(header)), out var given));
        var algorithm = given.Algorithm == "SHA-256" ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        Assert.Equal(algorithm.Response(algorithm.Ha1(given.User, given.Realm, password), Last.StartLine.Split(' ')[0], given), given.Response);
        Assert.Equal(Last.StartLine.Split(' ')[1], given.Uri);
        return (given.Algorithm ?? "", given.Nonce, given.NonceCount ?? 0);
    }

    internal static SipMessage Invite(string uri = "sip:100@192.0.2.99", string from = "<sip:030123@carrier>", string extra = "") => SipMessage.Parse(Messages.Wire.Bytes(
        $"INVITE {uri} SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nMax-Forwards: 70\nFrom: {from};tag=1\nTo: <{uri}>\nCall-ID: x\nCSeq: 1 INVITE\n{extra}Content-Length: 0\n\n"));

    internal static IPEndPoint EndPoint(string text) => IPEndPoint.Parse(text);

    public void OnRequest(SipServerTransaction transaction, SipMessage request) => transaction.Respond(405);

    public void OnAck(SipMessage ack)
    {
    }

    public void Dispose() => _stack.Dispose();
}

using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>One worker under virtual time, run by whoever posts, with a layer above that notes what it is told.</summary>
internal sealed class Harness : ISipTransactionUser, ISipServerTransactionOwner, ISipClientTransactionOwner, IDisposable
{
    private readonly SipStack _stack;

    internal Harness(SipTransportProtocol protocol = SipTransportProtocol.Udp)
    {
        Transport = new FakeTransport(Time, protocol);
        _stack = new SipStack(
            new SipStackSettings { Threading = SipWorkerThreading.Caller, Time = Time, Hash = new SipHash(1, 2) }, _ => this);
        _stack.Add(Transport);
    }

    internal VirtualTimeProvider Time { get; } = new();

    internal FakeTransport Transport { get; }

    internal SipStack Stack => _stack;

    internal SipWorker Worker => _stack.Workers[0];

    internal SipTransactionLayer Layer => Worker.Transactions;

    internal List<string> Told { get; } = [];

    internal SipServerTransaction? Server { get; private set; }

    /// <summary>Runs when a request comes.</summary>
    internal Action<SipServerTransaction>? Answer { get; set; }

    internal void Advance(int milliseconds) => Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    internal SipClientTransaction Send(SipMethod method, string callId = "call")
    {
        SipClientTransaction? sent = null;
        Worker.Post(_ => sent = SendOnWorker(method, callId), null);
        return sent!;
    }

    /// <summary>Answers the request received last, as its user would on the worker.</summary>
    internal void Respond(int status) => Worker.Post(_ => Server!.Respond(status), null);

    private SipClientTransaction SendOnWorker(SipMethod method, string callId)
    {
        using var request = Layer.BeginRequest(method, "sip:b@example.com"u8, Transport, FakeTransport.Peer);
        request.Header(SipHeader.Route, "<sip:p1;lr>")
            .Header(SipHeader.From, "<sip:a@example.com>;tag=1")
            .Header(SipHeader.To, "<sip:b@example.com>")
            .Header(SipHeader.CallId, callId)
            .CSeq(9, method);
        return Layer.Send(request, Transport, FakeTransport.Peer, this);
    }

    /// <summary>Answers the request sent last that is not an ACK, as its receiver would.</summary>
    internal void ReceiveResponse(int status, string toTag = "far", string? method = null)
    {
        var request = Transport.Sent.Last(sending => method is null
            ? !sending.Text.StartsWith("ACK", StringComparison.Ordinal) : sending.Text.StartsWith(method, StringComparison.Ordinal));
        Transport.Receive($"SIP/2.0 {status} Reason\nVia: {request.Header("Via")}\nFrom: {request.Header("From")}\nTo: {request.Header("To")};tag={toTag}\n"
            + $"Call-ID: {request.Header("Call-ID")}\nCSeq: {request.Header("CSeq")}\nContent-Length: 0\n\n");
    }

    internal void ReceiveRequest(string method, string branch = "z9hG4bKone", string toTag = "", string cseqMethod = "", string extra = "") =>
        Transport.Receive(Request(method, branch, toTag, cseqMethod, extra));

    internal static string Request(string method, string branch = "z9hG4bKone", string toTag = "", string cseqMethod = "", string extra = "") =>
        $"{method} sip:b@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch={branch}\nMax-Forwards: 70\nFrom: <sip:a@example.com>;tag=1\n"
        + $"To: <sip:b@example.com>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\nCall-ID: call\nCSeq: 9 {(cseqMethod.Length > 0 ? cseqMethod : method)}\n{extra}\n";

    public void OnRequest(SipServerTransaction transaction, SipMessage request)
    {
        Server = transaction;
        transaction.Owner = this;
        Told.Add($"request {SipText.Decode(request.MethodText)}");
        Answer?.Invoke(transaction);
    }

    public void OnAck(SipMessage ack) => Told.Add("ack");

    public void OnCancelled(SipInviteServerTransaction transaction, SipMessage cancel)
    {
        Told.Add("cancelled");
        transaction.Respond(487);
    }

    public void OnFailed(SipServerTransaction transaction, SipTransactionFailure failure) => Told.Add($"server {failure}");

    public void OnResponse(SipClientTransaction transaction, SipMessage response) => Told.Add($"response {response.StatusCode}");

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => Told.Add($"client {failure}");

    public void Dispose() => _stack.Dispose();
}

using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Answers one request, and its retransmissions by itself (RFC 3261 §17.2).</summary>
internal abstract class SipServerTransaction : SipTransaction
{
    private SipMessage? _request;
    private ulong _localTag;
    private bool _hasFallenBack;

    private protected SipServerTransaction(SipTransactionLayer layer, SipMessage request, ISipTransport transport, IPEndPoint remote)
        : base(layer, transport, remote, request.Method) => _request = request.Retain();

    internal ISipServerTransactionOwner? Owner { get; set; }

    /// <summary>To which port of the sender responses go, by a new connection, once that of the request is gone; 0 when to none.</summary>
    internal int FallbackPort { get; init; }

    /// <summary>By which merged requests are found; 0 within a dialog, and for what was merged itself.</summary>
    internal ulong MergeKey { get; set; }

    /// <summary>Whether no final response has been sent yet.</summary>
    internal bool CanRespond => State is SipTransactionState.Trying or SipTransactionState.Proceeding;

    /// <summary>Of the last response sent; 0 before.</summary>
    internal int LastStatusCode { get; private set; }

    /// <summary>The request until the final response has been sent; whoever needs it longer retains it.</summary>
    /// <exception cref="InvalidOperationException">The final response has been sent.</exception>
    internal SipMessage Request => _request ?? throw new InvalidOperationException($"The {Method} has its final response ({LastStatusCode}); its request is no longer kept.");

    /// <summary>Our tag in To, as 16 hexadecimal digits; drawn on first use, or set by the user before the first response above 100.</summary>
    internal ulong LocalTag
    {
        get => _localTag != 0 ? _localTag : _localTag = Worker.NewTag();
        set => _localTag = value;
    }

    /// <summary>A response begun: Via, From, To with tag, Call-ID, CSeq and, where due, Record-Route are written.</summary>
    internal SipMessageWriter BeginResponse(int statusCode, ReadOnlySpan<byte> reason = default)
    {
        Span<byte> tag = stackalloc byte[SipHex.Length];
        SipHex.Write(tag, statusCode == 100 ? 0 : LocalTag);
        return SipMessageWriter.Rent().StartResponse(Request, statusCode, reason, statusCode == 100 ? default : tag);
    }

    /// <summary>Sends a response without further headers or body.</summary>
    internal void Respond(int statusCode, ReadOnlySpan<byte> reason = default)
    {
        if (!CanRespond) return;
        using var writer = BeginResponse(statusCode, reason);
        Respond(writer);
    }

    /// <summary>Sends the response and keeps a copy; the writer stays the caller's. After a final response nothing is sent, but 2xx to INVITE.</summary>
    internal void Respond(SipMessageWriter response)
    {
        if (!CanRespond && !(State == SipTransactionState.Accepted && response.StatusCode is >= 200 and < 300)) return;
        Keep(response.Finish());
        LastStatusCode = response.StatusCode;
        if (response.StatusCode >= 300) Layer.EndMerging(this);
        OnInput(Classify(response.StatusCode), null);
        if (!CanRespond) ReleaseRequest();
    }

    /// <summary>Begins a final response for <see cref="RespondAndForget"/>: each repetition of the request gets the same tag (RFC 3261 §8.2.7).</summary>
    internal SipMessageWriter BeginForgotten(int statusCode)
    {
        LocalTag = Layer.StatelessTag(Request);
        return BeginResponse(statusCode);
    }

    /// <summary>Sends the response once and keeps nothing: whoever is not known costs no memory (RFC 3261 §26.3.2.4). A repetition is a new request.</summary>
    internal void RespondAndForget(SipMessageWriter response)
    {
        if (!CanRespond) return;
        LastStatusCode = response.StatusCode;
        Worker.Statistics.CountResponseSent(LastStatusCode);
        Layer.TransmitIfConnected(Transport, response.Finish(), Remote);
        Terminate();
    }

    internal void OnRetransmission(SipMessage request)
    {
        Worker.Statistics.CountRetransmissionReceived();
        OnInput(SipTransactionInput.Request, request);
    }

    private protected override bool SendKept()
    {
        if (Layer.TransmitIfConnected(Transport, Sent, Remote)) return true;
        if (FallbackPort == 0 || _hasFallenBack) return false;
        _hasFallenBack = true;
        Remote = new IPEndPoint(Remote.Address, FallbackPort);
        return Layer.Transmit(Transport, Sent, Remote);
    }

    private protected void SendResponse()
    {
        Worker.Statistics.CountResponseSent(LastStatusCode);
        if (!SendKept()) OnInput(SipTransactionInput.TransportError, null);
    }

    private protected void ResendResponse()
    {
        if (Sent.IsEmpty) return;
        Worker.Statistics.CountRetransmissionSent();
        if (!SendKept()) OnInput(SipTransactionInput.TransportError, null);
    }

    private protected void EndWith(SipTransactionFailure failure)
    {
        var owner = Owner;
        Terminate();
        owner?.OnFailed(this, failure);
    }

    private protected override void OnTerminated()
    {
        ReleaseRequest();
        Layer.Remove(this);
    }

    private void ReleaseRequest()
    {
        _request?.Dispose();
        _request = null;
    }
}

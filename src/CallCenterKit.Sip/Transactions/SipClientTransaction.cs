using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Carries one request of ours to its final response (RFC 3261 §17.1).</summary>
internal abstract class SipClientTransaction : SipTransaction
{
    private protected SipClientTransaction(
        SipTransactionLayer layer, SipMessageWriter request, ISipTransport transport, IPEndPoint remote, ISipClientTransactionOwner owner)
        : base(layer, transport, remote, request.Method)
    {
        Owner = owner;
        BranchId = request.BranchId;
        Keep(request.Finish());
    }

    internal ISipClientTransactionOwner Owner { get; }

    internal ulong BranchId { get; }

    /// <summary>Of the last response; 0 before.</summary>
    internal int LastStatusCode { get; private set; }

    /// <summary>Neighbours among those that wait over the same connection. The layer's.</summary>
    internal SipClientTransaction? PreviousOfConnection { get; set; }

    internal SipClientTransaction? NextOfConnection { get; set; }

    internal bool IsLinked { get; set; }

    internal abstract void Start();

    internal void OnConnectionLost()
    {
        if (State == SipTransactionState.Terminated) return;
        Worker.Statistics.CountTransportError();
        OnInput(SipTransactionInput.TransportError, null);
    }

    internal void OnResponse(SipMessage response)
    {
        LastStatusCode = response.StatusCode;
        OnInput(Classify(response.StatusCode), response);
    }

    private protected void SendRequest()
    {
        Worker.Statistics.CountRequestSent(Method);
        if (!SendKept()) OnInput(SipTransactionInput.TransportError, null);
    }

    private protected void ResendRequest()
    {
        Worker.Statistics.CountRetransmissionSent();
        if (!SendKept()) OnInput(SipTransactionInput.TransportError, null);
    }

    /// <summary>No answer is wanted any more: nothing is repeated, and the owner hears nothing.</summary>
    internal void Abandon() => Terminate();

    private protected void EndWith(SipTransactionFailure failure)
    {
        Terminate();
        Owner.OnFailed(this, failure);
    }

    private protected override void OnTerminated() => Layer.Remove(this);
}

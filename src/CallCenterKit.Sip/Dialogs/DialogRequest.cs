using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>A request of ours within a dialog, from its first sending to its final answer; challenges are answered. Worker only.</summary>
internal abstract class DialogRequest(SipDialog dialog, SipMethod method, SipTransactionLayer layer) : ISipClientTransactionOwner
{
    private readonly ClientProofs _proofs = new(dialog.Credentials);
    private SipClientTransaction? _transaction;

    protected SipDialog Dialog { get; } = dialog;

    protected SipTransactionLayer Layer { get; } = layer;

    /// <summary>The number it went under last.</summary>
    protected uint CSeq { get; private set; }

    /// <summary>Somebody still wants the request to succeed; if not, a challenge is its end.</summary>
    protected virtual bool IsWanted => true;

    /// <summary>Sends it, or sends it anew under the next number.</summary>
    public void Send()
    {
        var hop = Dialog.NextHop(Layer.Worker.Stack);
        using var request = Dialog.Request(method, Layer, hop);
        CSeq = Dialog.LocalCSeq;
        _proofs.Write(request);
        Write(request);
        _transaction = Layer.Send(request, hop.Transport, hop.Destination, this);
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200)
            OnProvisional(response);
        else if (response.StatusCode >= 300 && IsWanted && _proofs.TryAdd(response, method, Dialog.RequestUri))
            Send();
        else
            OnFinal(response.StatusCode, response);
    }

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) =>
        OnFinal(failure == SipTransactionFailure.TimedOut ? 408 : 503, null); // RFC 3261 §8.1.3.1

    /// <summary>Whether the end of a request says that the far end no longer knows the dialog, or is gone (RFC 3261 §12.2.1.2).</summary>
    public static bool IsDialogLost(int status, SipMessage? response) => status is 408 or 481 || (status == 503 && response is null);

    /// <summary>Adds what the request has besides the headers of its dialog, and its body.</summary>
    protected abstract void Write(SipMessageWriter request);

    /// <summary>The end of it; for INVITE every 2xx again.</summary>
    /// <param name="status">200 to 699; 408 when no answer came, 503 when it could not be sent.</param>
    /// <param name="response">Null when none came.</param>
    protected abstract void OnFinal(int status, SipMessage? response);

    protected virtual void OnProvisional(SipMessage response)
    {
    }

    /// <summary>Gives up an INVITE; its final answer still comes.</summary>
    protected void Cancel() => (_transaction as SipInviteClientTransaction)?.Cancel();

    /// <summary>The ACK for a 2xx to the INVITE.</summary>
    protected void Acknowledge()
    {
        var hop = Dialog.NextHop(Layer.Worker.Stack);
        using var ack = Dialog.Ack(CSeq, Layer, hop);
        _proofs.Write(ack);
        Layer.SendStateless(ack, hop.Transport, hop.Destination);
    }
}

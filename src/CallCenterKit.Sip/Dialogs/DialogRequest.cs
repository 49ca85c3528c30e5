using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>A request of ours within a dialog, from its first sending to its final answer; a challenge is answered once. Worker only.</summary>
internal abstract class DialogRequest(SipDialog dialog, SipMethod method, SipTransactionLayer layer) : ISipClientTransactionOwner
{
    private (SipHeader Header, string Value)? _proof;

    protected SipDialog Dialog { get; } = dialog;

    protected SipTransactionLayer Layer { get; } = layer;

    /// <summary>The number it went under last.</summary>
    protected uint CSeq { get; private set; }

    /// <summary>Sends it, or sends it anew under the next number.</summary>
    public void Send()
    {
        using var request = Dialog.Request(method, Layer);
        CSeq = Dialog.LocalCSeq;
        if (_proof is var (header, value))
            request.Header(header, value);
        Write(request);
        Layer.Send(request, Dialog.Transport, Dialog.Destination, this);
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200)
            OnProvisional(response);
        else if (_proof is null && ClientChallenge.Is(response.StatusCode) && Dialog.Credentials is { } credentials
            && ClientChallenge.TryAnswer(response, method, Dialog.RequestUri, credentials, out var header, out var value))
            Repeat(header, value);
        else
            OnFinal(response.StatusCode, response);
    }

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) =>
        OnFinal(failure == SipTransactionFailure.TimedOut ? 408 : 503, null); // RFC 3261 §8.1.3.1

    /// <summary>Adds what the request has besides the headers of its dialog, and its body.</summary>
    protected abstract void Write(SipMessageWriter request);

    /// <summary>The end of it; for INVITE every 2xx again.</summary>
    /// <param name="status">200 to 699; 408 when no answer came, 503 when it could not be sent.</param>
    /// <param name="response">Null when none came.</param>
    protected abstract void OnFinal(int status, SipMessage? response);

    protected virtual void OnProvisional(SipMessage response)
    {
    }

    private void Repeat(SipHeader header, string value)
    {
        _proof = (header, value);
        Send();
    }
}

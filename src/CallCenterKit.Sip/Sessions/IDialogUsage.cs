using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Something that lives in a dialog and is found by our tag. Worker only.</summary>
internal interface IDialogUsage
{
    /// <summary>Whether the request comes from the other side of the dialog.</summary>
    bool Owns(SipMessage request);

    /// <summary>A request within the dialog, neither ACK nor CANCEL. Always answered.</summary>
    void OnRequest(SipServerTransaction transaction, SipMessage request);

    /// <summary>An ACK for a 2xx of ours.</summary>
    void OnAck(SipMessage ack);
}

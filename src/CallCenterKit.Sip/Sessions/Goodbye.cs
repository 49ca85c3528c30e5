using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>BYE. Whatever its answer is, the dialog is over (RFC 3261 §15.1.1). Worker only.</summary>
/// <param name="dialog">Which.</param>
/// <param name="agent">Of its worker.</param>
/// <param name="cause">What the party is told.</param>
/// <param name="onOver">Called once it is answered, or is not going to be; null: nobody waits for that.</param>
internal sealed class Goodbye(SipDialog dialog, SipUserAgent agent, HangUpCause cause, Action? onOver = null)
    : DialogRequest(dialog, SipMethod.Bye, agent.Worker.Transactions)
{
    protected override void Write(SipMessageWriter request)
    {
        agent.Services.UserAgent(request);
        SipCauses.WriteReason(request, cause);
    }

    protected override void OnFinal(int status, SipMessage? response) => onOver?.Invoke();
}

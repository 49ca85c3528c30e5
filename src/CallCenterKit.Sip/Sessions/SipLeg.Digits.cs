using System.Globalization;
using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Digits for a far end that takes no telephone events, each in an INFO of its own.</summary>
internal sealed partial class SipLeg
{
    // The first is under way: a digit that overtook another would dial a different number.
    private readonly Queue<DigitInfo> _digits = new();

    /// <summary>Sends one digit after those before it.</summary>
    /// <param name="digit">0-9, *, # or A-D.</param>
    /// <param name="tone">How long the far end is to sound it.</param>
    /// <param name="operation">True once the far end has it; false when it takes no digits this way.</param>
    public void SendDigit(char digit, TimeSpan tone, Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (Call.State != CallState.Answered || !_dialog!.Abilities.HasFlag(SipAbilities.Info))
        {
            operation.Complete(false);
            return;
        }
        var info = new DigitInfo(this, digit, tone, operation);
        _digits.Enqueue(info);
        if (_digits.Count == 1)
            info.Send();
    }

    private void AbandonDigits()
    {
        while (_digits.TryDequeue(out var digit))
            digit.Abandon();
    }

    /// <summary>One digit as application/dtmf-relay.</summary>
    private sealed class DigitInfo(SipLeg leg, char digit, TimeSpan tone, Operation<bool> operation)
        : DialogRequest(leg._dialog!, SipMethod.Info, leg.Transactions)
    {
        public void Abandon() => operation.Fail(new CallEndedException(leg.Call.Id, leg.Call.Ending));

        protected override bool IsWanted => !leg.IsEnded;

        protected override void Write(SipMessageWriter request)
        {
            leg._services.UserAgent(request);
            var milliseconds = ((long)tone.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            request.Finish("application/dtmf-relay"u8, Encoding.ASCII.GetBytes($"Signal={digit}\r\nDuration={milliseconds}\r\n"));
        }

        protected override void OnFinal(int status, SipMessage? response)
        {
            if (leg.IsEnded)
                return;
            leg._digits.Dequeue();
            operation.Complete(status < 300);
            if (IsDialogLost(status, response))
                leg.HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
            else if (leg._digits.TryPeek(out var next))
                next.Send();
        }
    }
}

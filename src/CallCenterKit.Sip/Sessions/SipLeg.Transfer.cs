using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>REFER within the dialog, in both directions (RFC 3515, RFC 3891, RFC 3892). Nobody is transferred here: the host is asked.</summary>
internal sealed partial class SipLeg
{
    private AskedTransfer? _asked;
    private OutgoingRefer? _refer;

    /// <summary>Tells the party how the transfer it asked for goes.</summary>
    public void ReportTransfer(TransferProgress progress) => _asked?.Report(progress);

    /// <summary>Asks the party to call somebody else.</summary>
    /// <param name="target">The URI it is to call.</param>
    /// <param name="replaces">The dialog of the leg it is to take the place of.</param>
    /// <param name="operation">Gets how it went.</param>
    public void Refer(string target, SipDialogId? replaces, Operation<TransferProgress> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (_refer is not null || Call.State != CallState.Answered)
        {
            operation.Fail(new InvalidOperationException($"Call {Call.Id} cannot be transferred now: it is {(_refer is null ? Call.State : "being transferred")}."));
            return;
        }
        _refer = new(this, replaces is null ? $"<{target}>" : $"<{target}?{ReplacedDialog.Escape(replaces.CallId, replaces.RemoteTag, replaces.LocalTag)}>", operation);
        _refer.Send();
    }

    /// <summary>The URI by which the party reaches somebody through us.</summary>
    public string UriOf(string user) =>
        SipAddress.Uri(user, SipAddress.Host(_dialog!.Transport.AdvertisedTo(_dialog.Peer.Address))) + SipAddress.Parameter(_dialog.Transport.Protocol);

    private void OnRefer(SipServerTransaction transaction, SipMessage request)
    {
        var refusal = Call.State != CallState.Answered ? 403 : TransferTarget.Read(request, out _);
        if (refusal != 0)
        {
            _agent.Refuse(transaction, refusal);
            return;
        }
        if (_asked is not null)
        {
            RespondLater(transaction);
            return;
        }
        TransferTarget.Read(request, out var target);
        _dialog!.Refresh(request);
        var wantsNews = !SipText.EqualsIgnoreCase(request[SipHeader.ReferSub], "false"u8); // RFC 4488 §4
        _asked = new(_dialog, _agent, request, wantsNews, () => _asked = null);
        using (var response = _services.Server(transaction.BeginResponse(202).Header(SipHeader.Contact, _dialog.Contact)))
        {
            if (!wantsNews)
                response.Header(SipHeader.ReferSub, "false");
            transaction.Respond(response);
        }
        ReportTransfer(TransferProgress.Trying); // RFC 3515 §2.4.4: at once
        if (target!.Replaces is { } replaces)
            _agent.FindLeg(replaces, other => Ask(target.Number, other));
        else
            Signal(new CallSignal.TransferAsked(target.Number, null));
    }

    private void Ask(string number, SipLeg? other)
    {
        if (IsEnded)
            return;
        if (other is null)
            ReportTransfer(TransferProgress.Unreachable);
        else
            Signal(new CallSignal.TransferAsked(number, other.Call.Id));
    }

    private void OnNotify(SipServerTransaction transaction, SipMessage request)
    {
        if (!IsEventRefer(request))
        {
            _agent.Answer(transaction, request);
            return;
        }
        transaction.Respond(_refer is null ? 481 : 200); // RFC 6665 §4.1.3
        _refer?.OnNotify(request);
    }

    private void AbandonTransfers()
    {
        _asked?.Abandon();
        _asked = null;
        // A party that has been taken over says goodbye to us: whether it was, its last word tells.
        _refer?.Conclude(_refer.Last is TransferProgress.Completed ? TransferProgress.Completed : TransferProgress.Unreachable);
    }

    private static bool IsEventRefer(SipMessage notify) => SipText.EqualsIgnoreCase(notify.EventPackage, "refer"u8);

    /// <summary>A REFER of ours, until the party says how it went.</summary>
    private sealed class OutgoingRefer : DialogRequest
    {
        private readonly SipLeg _leg;
        private readonly string _target;
        private readonly Operation<TransferProgress> _operation;
        private readonly WorkerTimer _patience;
        private bool _isOver;

        public OutgoingRefer(SipLeg leg, string target, Operation<TransferProgress> operation)
            : base(leg._dialog!, SipMethod.Refer, leg.Transactions)
        {
            _leg = leg;
            _target = target;
            _operation = operation;
            _patience = new(leg._agent.Worker, () => Conclude(TransferProgress.NoAnswer));
        }

        /// <summary>What the party said last.</summary>
        public TransferProgress Last { get; private set; }

        public void OnNotify(SipMessage notify)
        {
            Last = TransferStatus.Read(notify) ?? Last;
            if (TransferStatus.IsFinal(Last))
                Conclude(Last);
            else if (SipText.EqualsIgnoreCase(SipText.WithoutParameters(notify[SipHeader.SubscriptionState]), "terminated"u8))
                Conclude(TransferProgress.Unreachable);
        }

        public void Conclude(TransferProgress progress)
        {
            _isOver = true;
            _patience.Stop();
            _operation.Complete(progress);
            if (_leg._refer == this)
                _leg._refer = null;
        }

        protected override void Write(SipMessageWriter request) => _leg._services.UserAgent(request)
            .Header(SipHeader.ReferTo, _target)
            .Header(SipHeader.ReferredBy, _leg._dialog!.Local);

        protected override bool IsWanted => !_isOver;

        protected override void OnFinal(int status, SipMessage? response)
        {
            if (_isOver) // the news was quicker than the answer
                return;
            if (status < 300)
                _patience.Start(AskedTransfer.Patience);
            else
                Conclude(TransferStatus.Of(status));
            if (IsDialogLost(status, response))
                _leg.HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
        }
    }
}

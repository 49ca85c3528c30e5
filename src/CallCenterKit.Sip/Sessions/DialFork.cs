using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>The INVITE to one contact of a dial attempt, and the dialogs its responses make: a proxy may fork it (RFC 3261 §13.2.2.4). Worker only.</summary>
/// <remarks>
/// Outlives the attempt, and does not keep it: a 2xx that comes too late, or a second one of a forking proxy, is acknowledged
/// and ended here, for half a minute after the first.
/// </remarks>
internal sealed class DialFork : ISipClientTransactionOwner, IDialogUsage
{
    private DialAttempt? _attempt; // until the final response
    private readonly SipUserAgent _agent;
    private readonly Dictionary<string, Branch> _branches = new(StringComparer.Ordinal);
    private OutgoingInvite _invite;
    private DialRequest _request = null!;
    private byte[] _offer = [];
    private readonly ClientProofs _proofs;
    private SipInviteClientTransaction? _transaction;
    private HangUpCause _cancelCause;
    private bool _isCancelled;
    private bool _isAbandoned;
    private bool _isFinal;

    public DialFork(DialAttempt attempt, SipUserAgent agent, OutgoingInvite invite, ulong tag)
    {
        _attempt = attempt;
        _agent = agent;
        _invite = invite;
        _proofs = new(invite.Credentials);
        Tag = tag;
    }

    public ulong Tag { get; }

    /// <summary>A final answer or none at all; nothing rings there any more.</summary>
    public bool IsDone => _isAbandoned || _isFinal;

    public void Send(DialRequest request, byte[] offer)
    {
        (_request, _offer) = (request, offer);
        _agent.Add(Tag, this);
        Send();
    }

    /// <summary>As soon as a provisional response allows it (RFC 3261 §9.1).</summary>
    public void Cancel(HangUpCause cause)
    {
        if (_isFinal || _isCancelled)
            return;
        _isCancelled = true;
        _cancelCause = cause;
        _transaction?.Cancel(SipCauses.ReasonFor(cause));
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Abandon()
    {
        if (_isFinal)
            return;
        _isAbandoned = true;
        Cancel(HangUpCause.Cancelled);
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        // Of the INVITE before the one that proves who we are nothing more counts.
        if (transaction != _transaction && _transaction is not null)
            return;
        switch (response.StatusCode)
        {
            case < 200:
                if (!_isAbandoned)
                    _attempt?.OnHeard();
                if (response.StatusCode > 100)
                    OnProgress(response);
                break;
            case < 300:
                OnSuccess(response);
                break;
            default:
                OnFailure(response);
                break;
        }
    }

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
    {
        if (Close() is not { } attempt || _isAbandoned)
            return;
        attempt.OnUnreachable(failure == SipTransactionFailure.TimedOut
            ? $"{_invite.Destination} did not answer in time."
            : $"{_invite.Destination} cannot be reached.");
    }

    /// <inheritdoc />
    public bool Owns(SipMessage request) => _branches.TryGetValue(SipText.Decode(request.FromTag), out var branch) && branch.Dialog.Id.Matches(request);

    /// <summary>What the party asks before it answers: UPDATE, INFO (RFC 3311 §5.2).</summary>
    public void OnRequest(SipServerTransaction transaction, SipMessage request)
    {
        var branch = _branches[SipText.Decode(request.FromTag)];
        if (!branch.Dialog.TryAdvance(request.CSeq))
            transaction.Respond(500, "Request Out of Order"u8);
        else if (request.Method == SipMethod.Update)
            OnUpdate(transaction, request, branch);
        else if (request.Method == SipMethod.Invite)
            transaction.Respond(491); // ours is under way (RFC 3261 §14.2)
        else if (request.Method == SipMethod.Info)
            transaction.Respond(200);
        else
            _agent.Answer(transaction, request);
    }

    /// <inheritdoc />
    public void OnAck(SipMessage ack)
    {
    }

    private void Send()
    {
        using var invite = _agent.Worker.Transactions
            .BeginRequest(SipMethod.Invite, Encoding.UTF8.GetBytes(_invite.RequestUri), _invite.Transport, _invite.Destination, Math.Max(0, _attempt!.MaxForwards))
            .Header(SipHeader.From, $"{_invite.From};tag={_invite.LocalTag}")
            .Header(SipHeader.To, _invite.To)
            .Header(SipHeader.CallId, _invite.CallId)
            .CSeq(_invite.CSeq, SipMethod.Invite)
            .Header(SipHeader.Contact, _invite.Contact)
            .Header(SipHeader.Allow, SipServices.Allow)
            .Header(SipHeader.Supported, SipServices.Supported);
        _agent.Services.UserAgent(invite);
        _attempt.Leg.Session.WriteRequest(invite);
        _proofs.Write(invite);
        foreach (var (header, text) in _invite.Headers)
            invite.Header(header, text);
        foreach (var (name, text) in _request.Attributes)
        {
            if (HeaderName(name) is { } header)
                invite.Header(header, Encoding.UTF8.GetBytes(text));
        }
        invite.Finish("application/sdp"u8, _offer);
        _transaction = null;
        var transaction = (SipInviteClientTransaction)_agent.Worker.Transactions.Send(invite, _invite.Transport, _invite.Destination, this);
        _transaction = transaction;
        if (_isCancelled)
            transaction.Cancel(SipCauses.ReasonFor(_cancelCause));
    }

    private void OnProgress(SipMessage response)
    {
        var hasSdp = !response.Body.IsEmpty && SipText.EqualsIgnoreCase(response.MediaType, "application/sdp"u8);
        var branch = response.ToTag.IsEmpty ? null : BranchOf(response);
        var isAgreed = branch is { Agreed: not null };
        if (branch is not null && IsReliable(response, out var number))
        {
            if (!branch.TryAdvance(number))
                return;
            new ProvisionalAck(branch.Dialog, number, _invite.CSeq, _agent).Send();
            if (hasSdp)
                branch.Agreed ??= response.Body.ToArray();
        }
        if (_isAbandoned || _attempt is not { } attempt)
            return;
        attempt.OnRinging();
        if (hasSdp && !isAgreed && branch is not null)
            attempt.OnEarlyAudio(branch.Dialog, response.Body);
    }

    // RFC 3262 §4: Require names 100rel, and RSeq is there.
    private static bool IsReliable(SipMessage response, out uint number)
    {
        number = 0;
        return response.HasToken(SipHeader.Require, "100rel"u8) && SipText.TryParseUInt32(response[SipHeader.RSeq], out number);
    }

    private void OnSuccess(SipMessage response)
    {
        var branch = BranchOf(response);
        if (branch.IsAnswered)
        {
            Acknowledge(branch.Dialog);
            return;
        }
        branch.IsAnswered = true;
        branch.Dialog.Confirm(response);
        var attempt = _isAbandoned ? null : _attempt;
        Close();
        Acknowledge(branch.Dialog);
        var why = _isCancelled ? _cancelCause : HangUpCause.AnsweredElsewhere;
        if (attempt is null || !attempt.TryTake(this, branch.Dialog, response, branch.Agreed, out why))
            new Goodbye(branch.Dialog, _agent, why).Send();
    }

    private void OnFailure(SipMessage response)
    {
        if (!_isCancelled && !_isAbandoned && TryAgain(response))
        {
            _invite = _invite with { CSeq = _invite.CSeq + 1 };
            _branches.Clear();
            Send();
            return;
        }
        var attempt = Close();
        if (!_isAbandoned)
            attempt?.OnRefused(response.StatusCode, response);
    }

    // RFC 3261 §22.2, RFC 4028 §7.3
    private bool TryAgain(SipMessage response)
    {
        return response.StatusCode == 422
            ? _attempt!.Leg.Session.TryRaise(response)
            : _proofs.TryAdd(response, SipMethod.Invite, _invite.RequestUri);
    }

    private void OnUpdate(SipServerTransaction transaction, SipMessage request, Branch branch)
    {
        var dialog = branch.Dialog;
        if (!request.Body.IsEmpty && branch.Agreed is null)
        {
            transaction.Respond(491); // our offer is not answered yet (RFC 3311 §5.2)
            return;
        }
        byte[]? answer = null;
        if (!request.Body.IsEmpty)
        {
            if (!SipBody.TryReadOffer(request, out var offer, out var refusal))
            {
                _agent.Refuse(transaction, refusal);
                return;
            }
            if ((answer = _attempt?.TakeOffer(dialog, offer!)) is null)
            {
                _agent.Refuse(transaction, 488);
                return;
            }
        }
        dialog.Refresh(request);
        dialog.Learn(request);
        using var response = _agent.Services.Server(transaction.BeginResponse(200)
            .Header(SipHeader.Contact, dialog.Contact).Header(SipHeader.Allow, SipServices.Allow).Header(SipHeader.Supported, SipServices.Supported));
        if (answer is not null)
            response.Finish("application/sdp"u8, answer);
        transaction.Respond(response);
    }

    /// <summary>The attempt, which is let go.</summary>
    private DialAttempt? Close()
    {
        var attempt = _attempt;
        (_attempt, _request, _offer) = (null, null!, []);
        _isFinal = true;
        _agent.Remove(Tag, this);
        return attempt;
    }

    private Branch BranchOf(SipMessage response)
    {
        var tag = SipText.Decode(response.ToTag);
        if (!_branches.TryGetValue(tag, out var branch))
            _branches.Add(tag, branch = new(SipDialog.FromResponse(response, _invite)));
        return branch;
    }

    private void Acknowledge(SipDialog dialog)
    {
        var hop = dialog.NextHop(_agent.Worker.Stack);
        using var ack = dialog.Ack(_invite.CSeq, _agent.Worker.Transactions, hop);
        _proofs.Write(ack);
        _agent.Worker.Transactions.SendStateless(ack, hop.Transport, hop.Destination);
    }

    private static byte[]? HeaderName(string attribute) =>
        attribute.StartsWith("header.X-", StringComparison.OrdinalIgnoreCase)
        && Encoding.UTF8.GetBytes(attribute["header.".Length..]) is var name
        && SipText.IsToken(name)
            ? name
            : null;

    /// <summary>One dialog of the INVITE: each party a proxy rings makes its own.</summary>
    private sealed class Branch(SipDialog dialog)
    {
        private uint _lastReliable;

        public SipDialog Dialog { get; } = dialog;

        public bool IsAnswered { get; set; }

        /// <summary>The answer to our offer that came in a provisional response we acknowledged (RFC 3262 §5); null: none did.</summary>
        public byte[]? Agreed { get; set; }

        /// <summary>False for a reliable response that came before, or overtook another (RFC 3262 §4).</summary>
        public bool TryAdvance(uint number)
        {
            if (_lastReliable != 0 && number != _lastReliable + 1)
                return false;
            _lastReliable = number;
            return true;
        }
    }

    /// <summary>PRACK (RFC 3262 §4). Whatever becomes of it, the INVITE decides.</summary>
    private sealed class ProvisionalAck(SipDialog dialog, uint number, uint inviteCSeq, SipUserAgent agent) : DialogRequest(dialog, SipMethod.Prack, agent.Worker.Transactions)
    {
        protected override void Write(SipMessageWriter request) =>
            agent.Services.UserAgent(request).Header(SipHeader.RAck, $"{number} {inviteCSeq} INVITE");

        protected override void OnFinal(int status, SipMessage? response)
        {
        }
    }
}

using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>The INVITE to one contact of a dial attempt. Worker only.</summary>
/// <remarks>Outlives the attempt: a 2xx that comes too late, or a second one of a forking proxy, is acknowledged and ended here.</remarks>
internal sealed class DialFork : ISipClientTransactionOwner
{
    private readonly DialAttempt _attempt;
    private readonly SipUserAgent _agent;
    private readonly OutgoingInvite _invite;
    private readonly Dictionary<string, SipDialog> _answered = new(StringComparer.Ordinal);
    private SipInviteClientTransaction? _transaction;
    private string? _cancelReason;
    private bool _isCancelled;

    public DialFork(DialAttempt attempt, SipUserAgent agent, OutgoingInvite invite, ulong tag)
    {
        _attempt = attempt;
        _agent = agent;
        _invite = invite;
        Tag = tag;
    }

    public ulong Tag { get; }

    /// <summary>A final answer or none at all; nothing rings there any more.</summary>
    public bool IsDone { get; private set; }

    public void Send(DialRequest request, byte[] offer)
    {
        using var invite = _agent.Worker.Transactions.BeginRequest(SipMethod.Invite, Encoding.UTF8.GetBytes(_invite.RequestUri), _invite.Transport, _invite.Destination)
            .Header(SipHeader.From, $"{_invite.From};tag={_invite.LocalTag}")
            .Header(SipHeader.To, _invite.To)
            .Header(SipHeader.CallId, _invite.CallId)
            .CSeq(_invite.CSeq, SipMethod.Invite)
            .Header(SipHeader.Contact, _invite.Contact)
            .Header(SipHeader.Allow, SipServices.Allow);
        _agent.Services.UserAgent(invite);
        foreach (var (name, value) in request.Attributes)
        {
            if (HeaderName(name) is { } header)
                invite.Header(header, Encoding.UTF8.GetBytes(value));
        }
        invite.Finish("application/sdp"u8, offer);
        var transaction = (SipInviteClientTransaction)_agent.Worker.Transactions.Send(invite, _invite.Transport, _invite.Destination, this);
        _transaction = transaction;
        if (_isCancelled)
            transaction.Cancel(_cancelReason);
    }

    /// <summary>As soon as a provisional response allows it (RFC 3261 §9.1).</summary>
    public void Cancel(HangUpCause cause)
    {
        if (IsDone || _isCancelled)
            return;
        _isCancelled = true;
        _cancelReason = SipCauses.ReasonFor(cause);
        _transaction?.Cancel(_cancelReason);
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        switch (response.StatusCode)
        {
            case 100:
                break;
            case < 200:
                _attempt.OnRinging();
                break;
            case < 300:
                OnSuccess(response);
                break;
            default:
                IsDone = true;
                _attempt.OnRefused(response.StatusCode);
                break;
        }
    }

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
    {
        IsDone = true;
        _attempt.OnUnreachable(failure == SipTransactionFailure.TimedOut
            ? $"{_invite.Destination} did not answer in time."
            : $"{_invite.Destination} cannot be reached.");
    }

    private void OnSuccess(SipMessage response)
    {
        IsDone = true;
        var tag = SipText.Decode(response.ToTag);
        if (_answered.TryGetValue(tag, out var known))
        {
            Acknowledge(known);
            return;
        }
        var dialog = SipDialog.FromResponse(response, _invite);
        _answered.Add(tag, dialog);
        Acknowledge(dialog);
        if (!_attempt.TryTake(this, dialog, response))
            SayBye(dialog);
    }

    private void Acknowledge(SipDialog dialog)
    {
        using var ack = dialog.Ack(_invite.CSeq, _agent.Worker.Transactions);
        _agent.Worker.Transactions.SendStateless(ack, dialog.Transport, dialog.Destination);
    }

    private void SayBye(SipDialog dialog)
    {
        using var bye = _agent.Services.UserAgent(dialog.Request(SipMethod.Bye, _agent.Worker.Transactions));
        if (_cancelReason is not null)
            bye.Header(SipHeader.Reason, _cancelReason);
        _agent.Worker.Transactions.Send(bye, dialog.Transport, dialog.Destination, SipNoOwner.Instance);
    }

    private static byte[]? HeaderName(string attribute) =>
        attribute.StartsWith("header.X-", StringComparison.OrdinalIgnoreCase)
        && Encoding.UTF8.GetBytes(attribute["header.".Length..]) is var name
        && SipText.IsToken(name)
            ? name
            : null;
}

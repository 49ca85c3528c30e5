using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Subscriptions;

/// <summary>One phone's wish to know its mailbox, and the dialog it is told in (RFC 6665 §4.2, RFC 3842). Worker only, unless a member says otherwise.</summary>
/// <remarks>
/// One NOTIFY is on its way at a time, so that they arrive in order; what changes meanwhile is told by the next. A refresh is
/// believed by its tags, as any request within a dialog.
/// </remarks>
internal sealed class Subscription : ISipClientTransactionOwner
{
    private const int LongestRetrySeconds = 600;

    private readonly SipUserAgent _agent;
    private readonly SubscribeRequests _owner;
    private readonly SipDialog _dialog;
    private readonly ulong _tag;
    private readonly WorkerTimer _expiry;
    private readonly WorkerTimer _retry;
    private DateTimeOffset _expiresAt;
    private string? _endReason;
    private bool _isSending, _isDue, _isOver;

    public Subscription(SipUserAgent agent, SubscribeRequests owner, SipDialog dialog, ulong tag)
    {
        _agent = agent;
        _owner = owner;
        _dialog = dialog;
        _tag = tag;
        _expiry = new(agent.Worker, () => End("timeout"));
        _retry = new(agent.Worker, Notify);
    }

    public required Mailbox Mailbox { get; init; }

    /// <summary>The URI of the mailbox, as the phone asked for it.</summary>
    public required string Account { get; init; }

    /// <summary>The package with its id, which every NOTIFY repeats (RFC 6665 §8.2.1).</summary>
    public required string Event { get; init; }

    public bool Owns(SipMessage request) => _dialog.Id.Matches(request);

    /// <summary>Something has changed. Any thread.</summary>
    public void PostNotify() => _agent.Worker.Post(static state => ((Subscription)state!).Notify(), this);

    /// <summary>It has to make room. Any thread.</summary>
    public void PostEnd() => _agent.Worker.Post(static state => ((Subscription)state!).End("rejected"), this);

    /// <summary>Answers the first SUBSCRIBE, and tells how things stand at once (RFC 6665 §4.2.1.2). No time at all asks just for that.</summary>
    public void Begin(SipServerTransaction transaction, TimeSpan life)
    {
        Accept(transaction, life);
        if (life > TimeSpan.Zero)
            Mailbox.Add(this);
        Continue(life);
    }

    /// <summary>A request within the dialog: a refresh, the end, or one that makes no sense here.</summary>
    public void OnRequest(SipServerTransaction transaction, SipMessage request)
    {
        if (!_dialog.TryAdvance(request.CSeq))
            transaction.Respond(500, "Request Out of Order"u8);
        else if (request.Method != SipMethod.Subscribe)
            _agent.Answer(transaction, request);
        else if (!SubscribeRequests.IsMessageSummary(request))
            _owner.RefuseEvent(transaction);
        else if (_owner.Grant(transaction, request) is { } life)
            Refresh(transaction, request, life);
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200)
            return;
        _isSending = false;
        if (response.StatusCode < 300)
        {
            if (_isDue)
                Notify();
        }
        else if (!_isOver && SipText.TryParseUInt32(Seconds(response[SipHeader.RetryAfter]), out var seconds))
        {
            _retry.Start(TimeSpan.FromSeconds(Math.Clamp(seconds, 1, LongestRetrySeconds)));
        }
        else
        {
            Forget();
        }
    }

    // The phone is not there, or knows of no subscription (RFC 6665 §4.2.2).
    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
    {
        _isSending = false;
        Forget();
    }

    private void Refresh(SipServerTransaction transaction, SipMessage request, TimeSpan life)
    {
        _dialog.Refresh(request);
        _dialog.Hear(request);
        Accept(transaction, life);
        Continue(life);
    }

    private void Accept(SipServerTransaction transaction, TimeSpan life)
    {
        _expiresAt = _agent.Services.Time.GetUtcNow() + life;
        using var response = _agent.Services.Server(transaction.BeginResponse(200)
            .Header(SipHeader.Expires, (long)life.TotalSeconds)
            .Header(SipHeader.Contact, _dialog.Contact));
        transaction.Respond(response);
    }

    private void Continue(TimeSpan life)
    {
        if (life == TimeSpan.Zero)
        {
            End("timeout");
            return;
        }
        _expiry.Start(life);
        Notify();
    }

    // Nothing more is accepted in the dialog; the last word waits for the answer to the one before.
    private void End(string reason)
    {
        if (_endReason is not null || _isOver)
            return;
        _endReason = reason;
        Leave();
        Notify();
    }

    /// <summary>Nobody is told any more.</summary>
    public void Forget()
    {
        _isOver = true;
        Leave();
    }

    private void Leave()
    {
        _expiry.Stop();
        _retry.Stop();
        Mailbox.Remove(this);
        _owner.Remove(_tag);
    }

    private void Notify()
    {
        if (_isOver)
            return;
        _isDue = true;
        if (_isSending)
            return;
        _retry.Stop();
        _isDue = false;
        _isSending = true;
        _isOver = _endReason is not null;
        var hop = _dialog.NextHop(_agent.Worker.Stack);
        using var notify = _agent.Services.UserAgent(_dialog.Request(SipMethod.Notify, _agent.Worker.Transactions, hop)
            .Header(SipHeader.Event, Event)
            .Header(SipHeader.SubscriptionState, State()));
        notify.Finish(Encoding.ASCII.GetBytes(MessageCounts.MediaType), Encoding.UTF8.GetBytes(Mailbox.Counts.Write(Account)));
        _agent.Worker.Transactions.Send(notify, hop.Transport, hop.Destination, this);
    }

    private string State() => _endReason is { } reason
        ? $"terminated;reason={reason}"
        : $"active;expires={Math.Max(0, (long)Math.Ceiling((_expiresAt - _agent.Services.Time.GetUtcNow()).TotalSeconds))}";

    // Behind the number there may be a comment and parameters (RFC 3261 §20.33).
    private static ReadOnlySpan<byte> Seconds(ReadOnlySpan<byte> retryAfter)
    {
        var end = retryAfter.IndexOfAny(" \t;("u8);
        return end < 0 ? retryAfter : retryAfter[..end];
    }
}

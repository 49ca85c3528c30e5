using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Subscriptions;

/// <summary>Reads SUBSCRIBE and keeps the subscriptions of one worker, found by our tag (RFC 6665 §4.2.1). Worker only.</summary>
internal sealed class SubscribeRequests(SipUserAgent agent)
{
    private readonly Dictionary<ulong, Subscription> _subscriptions = [];
    private readonly SipServices _services = agent.Services;

    /// <summary>The subscription a request within a dialog belongs to; null when it is none of ours.</summary>
    public Subscription? Find(SipMessage request) =>
        SipTag.TryRead(request.ToTag, out var tag) && _subscriptions.TryGetValue(tag, out var found) && found.Owns(request) ? found : null;

    public void Remove(ulong tag) => _subscriptions.Remove(tag);

    /// <summary>Ends all of them without a word: the driver stops, and phones subscribe anew.</summary>
    public void Clear()
    {
        foreach (var subscription in _subscriptions.Values.ToArray())
            subscription.Forget();
    }

    /// <summary>A SUBSCRIBE outside of any dialog.</summary>
    public void OnSubscribe(SipServerTransaction transaction, SipMessage request)
    {
        if (!IsMessageSummary(request))
        {
            RefuseEvent(transaction);
        }
        else if (agent.Authenticate(transaction, request) is { } account)
        {
            if (!SipUri.TryParse(request.RequestUri, out var mailbox) || mailbox.DecodeUser() is var user && user != account.User && user != account.Endpoint.Text)
            {
                SipLog.WrongIdentity(_services.Logger, request.Method, request.Source!.Address);
                agent.Refuse(transaction, 403);
            }
            else
            {
                Begin(transaction, request, account.Endpoint);
            }
        }
    }

    /// <summary>Whether the request is about the one package there is.</summary>
    public static bool IsMessageSummary(SipMessage request) => SipText.EqualsIgnoreCase(request.EventPackage, "message-summary"u8);

    /// <summary>489 with what there is in place of the package that was asked for (RFC 6665 §4.2.1.1).</summary>
    public void RefuseEvent(SipServerTransaction transaction)
    {
        using var response = _services.Server(transaction.BeginResponse(489).Header(SipHeader.AllowEvents, MessageCounts.Package));
        transaction.Respond(response);
    }

    /// <summary>The time granted; null when too short a one was asked for, and the request is answered.</summary>
    public TimeSpan? Grant(SipServerTransaction transaction, SipMessage request)
    {
        var options = _services.Options;
        var wish = request.TryGetExpires(out var seconds) ? TimeSpan.FromSeconds(seconds) : options.MaxSubscription;
        if (wish == TimeSpan.Zero || wish >= options.MinSubscription)
            return wish < options.MaxSubscription ? wish : options.MaxSubscription;
        using var response = _services.Server(transaction.BeginResponse(423).Header(SipHeader.MinExpires, (long)Math.Ceiling(options.MinSubscription.TotalSeconds)));
        transaction.Respond(response);
        return null;
    }

    private void Begin(SipServerTransaction transaction, SipMessage request, EndpointId endpoint)
    {
        if (!request.TryGetContact(out var contact) || contact.IsWildcard)
        {
            agent.Refuse(transaction, 400); // RFC 6665 §4.1.3: without a Contact there is nowhere to send to
            return;
        }
        if (Grant(transaction, request) is not { } life)
            return;
        var tag = transaction.LocalTag;
        var host = transaction.Transport.AdvertisedTo(transaction.Remote.Address);
        var dialog = SipDialog.FromInvite(request, SipTag.Write(tag), transaction.Transport, SipAddress.Contact(transaction.Transport, host));
        var subscription = new Subscription(agent, this, dialog, tag)
        {
            Mailbox = _services.MessageWaiting.Of(endpoint),
            Account = SipText.Decode(request.RequestUri),
            Event = SipText.Decode(request[SipHeader.Event]),
        };
        _subscriptions.Add(tag, subscription);
        subscription.Begin(transaction, life);
    }
}

using System.Collections.Concurrent;
using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Subscriptions;

/// <summary>The mailboxes of all endpoints. Any thread.</summary>
/// <param name="services">Whose phones.</param>
internal sealed class MessageWaiting(SipServices services)
{
    private readonly ConcurrentDictionary<EndpointId, Mailbox> _mailboxes = new();

    /// <summary>Of an endpoint that has an account, so that there are no more than accounts.</summary>
    public Mailbox Of(EndpointId endpoint) => _mailboxes.GetOrAdd(endpoint, static (_, limit) => new(limit), services.Options.MaxSubscriptionsPerEndpoint);

    /// <summary>What waits now; the phones are told when that is new.</summary>
    public void Set(EndpointId endpoint, MessageCounts counts)
    {
        if (services.Accounts.FindByEndpoint(endpoint) is not null && Of(endpoint).Set(counts))
            TellUnasked(endpoint);
    }

    /// <summary>A phone that knows nothing yet has come.</summary>
    public void OnReachable(EndpointId endpoint)
    {
        if (_mailboxes.ContainsKey(endpoint))
            TellUnasked(endpoint);
    }

    private void TellUnasked(EndpointId endpoint)
    {
        if (!services.Options.UnsolicitedMessageWaiting || services.Stack is not { } stack || Of(endpoint) is not { HasSubscriptions: false } mailbox)
            return;
        var worker = stack.Workers[0];
        worker.Post(
            _ =>
            {
                foreach (var contact in services.Registrar.Contacts(endpoint).Where(contact => contact.IsAlive))
                    Tell(worker, contact, mailbox.Counts);
            },
            null);
    }

    // There is no subscription it could belong to: its state says so.
    private void Tell(SipWorker worker, ContactBinding contact, MessageCounts counts)
    {
        if (contact.FindTransport(worker.Stack) is not { } transport)
            return;
        var advertised = transport.AdvertisedTo(contact.Address.Address);
        var us = SipAddress.Host(advertised);
        using var notify = services.UserAgent(worker.Transactions.BeginRequest(SipMethod.Notify, Encoding.UTF8.GetBytes(contact.RequestUri), transport, contact.Address)
            .Header(SipHeader.From, $"<sip:{us}>;tag={SipTag.Write(worker.NewTag())}")
            .Header(SipHeader.To, $"<{contact.Uri}>")
            .Header(SipHeader.CallId, worker.NewCallId())
            .CSeq(1, SipMethod.Notify)
            .Header(SipHeader.Contact, SipAddress.Contact(transport, advertised))
            .Header(SipHeader.Event, MessageCounts.Package)
            .Header(SipHeader.SubscriptionState, "terminated"));
        var account = services.Accounts.FindByEndpoint(contact.Endpoint)!.User;
        notify.Finish(
            Encoding.ASCII.GetBytes(MessageCounts.MediaType), Encoding.UTF8.GetBytes(counts.Write($"sip:{account}@{us}")));
        worker.Transactions.Send(notify, transport, contact.Address, SipNoOwner.Instance);
    }
}

using System.Collections.Frozen;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Decides whether an INVITE outside of any dialog becomes a call. Worker only.</summary>
internal sealed class InviteGate(SipUserAgent agent)
{
    private readonly SipServices _services = agent.Services;

    public void OnInvite(SipInviteServerTransaction transaction, SipMessage invite)
    {
        if (_services.Refuses)
        {
            agent.Refuse(transaction, 503);
        }
        else if (SessionTimer.IsTooBrief(invite, _services.Options.SessionTimers, out var minimum))
        {
            agent.RefuseInterval(transaction, minimum);
        }
        else if (!SipUri.TryParse(invite.RequestUri, out var target) || target.Scheme == SipUriScheme.Other)
        {
            agent.Refuse(transaction, 416);
        }
        else if (Identify(transaction, invite) is { } origin)
        {
            Admit(transaction, invite, origin);
        }
    }

    // Null when the request has been answered: challenged or refused.
    private CallOrigin? Identify(SipInviteServerTransaction transaction, SipMessage invite)
    {
        var source = invite.Source!.Address;
        if (_services.Peers.Find(source) is { } trunk)
            return new CallOrigin.FromTrunk(trunk);
        var user = UserOf(invite);
        if (_services.Options.AllowStrangers && !invite.Has(SipHeader.Authorization) && _services.Accounts.Find(user) is null)
            return new CallOrigin.Stranger();
        if (agent.Authenticate(transaction, invite) is not { } account)
            return null;
        if (account.User == user)
            return new CallOrigin.FromEndpoint(account.Endpoint);
        SipLog.WrongIdentity(_services.Logger, invite.Method, source);
        agent.Refuse(transaction, 403);
        return null;
    }

    private void Admit(SipInviteServerTransaction transaction, SipMessage invite, CallOrigin origin)
    {
        if (!invite.TryGetContact(out var contact) || contact.IsWildcard) // RFC 3261 §8.1.1.8
            transaction.Respond(400, "Missing Contact"u8);
        else if (!SipBody.TryReadOffer(invite, out var offer, out var refusal))
            agent.Refuse(transaction, refusal);
        else if (offer is not null && !LegMedia.CanAnswer(offer, _services.Codecs, Advertised(transaction).Address))
            agent.Refuse(transaction, 488);
        else if (invite.Has(SipHeader.Replaces))
            Replace(transaction, invite, origin, offer);
        else
            Begin(transaction, invite, offer, Facts(invite, origin));
    }

    private void Begin(SipInviteServerTransaction transaction, SipMessage invite, SessionDescription? offer, SipCallFacts facts)
    {
        if (!_services.TryAddLeg(isEmergency: false))
        {
            SipLog.TooManyCalls(_services.Logger, _services.Options.MaxCalls);
            agent.Refuse(transaction, 503);
            return;
        }
        var tag = transaction.LocalTag;
        var leg = new SipLeg(agent, facts);
        var contact = SipAddress.Contact(transaction.Transport, Advertised(transaction));
        var dialog = SipDialog.FromInvite(invite, SipTag.Write(tag), transaction.Transport, contact);
        leg.Receive(new(transaction, invite.CSeq, offer, ProvisionalReliabilityText.Read(invite)), dialog, tag);
        _services.Sink.OnIncoming(leg.Call);
    }

    // RFC 3891 §3. Who knows the tags of a call is one of its parties or was told by one; strangers are not believed even then.
    private void Replace(SipInviteServerTransaction transaction, SipMessage invite, CallOrigin origin, SessionDescription? offer)
    {
        var lines = 0;
        ReplacedDialog? replaced = null;
        foreach (var line in invite.Lines(SipHeader.Replaces))
        {
            if (++lines > 1 || !ReplacedDialog.TryRead(line, out replaced))
            {
                agent.Refuse(transaction, 400);
                return;
            }
        }
        if (origin is CallOrigin.Stranger)
        {
            agent.Refuse(transaction, 403);
            return;
        }
        agent.FindLeg(replaced!, leg =>
        {
            if (!transaction.CanRespond)
                return; // given up meanwhile
            if (leg is null || leg.Call.State == CallState.Ended)
                agent.Refuse(transaction, leg is null ? 481 : 603);
            else if (leg.Call.State != CallState.Answered)
                agent.Refuse(transaction, 481); // an early dialog is replaced by the one who rings only
            else if (replaced!.EarlyOnly)
                agent.Refuse(transaction, 486);
            else
                Begin(transaction, transaction.Request, offer, Facts(transaction.Request, origin) with { Replaces = leg.Call.Id });
        });
    }

    private static System.Net.IPEndPoint Advertised(SipInviteServerTransaction transaction) => transaction.Transport.AdvertisedTo(transaction.Remote.Address);

    private SipCallFacts Facts(SipMessage invite, CallOrigin origin)
    {
        invite.TryGetFrom(out var from);
        invite.TryGetTo(out var to);
        return new(new(_services.Ids.Next()), CallDirection.Inbound, origin)
        {
            From = new(UserOf(invite), Name(from)),
            To = new(SipUri.TryParse(invite.RequestUri, out var target) ? target.DecodeUser() : "", Name(to)),
            Attributes = Attributes(invite),
            MaxForwards = invite.MaxForwards ?? 70,
        };
    }

    // What private headers say, for hosts whose trunks or proxies add some.
    private static FrozenDictionary<string, string> Attributes(SipMessage invite)
    {
        Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase) { ["sip.call-id"] = SipText.Decode(invite.CallId) };
        for (var i = 0; i < invite.HeaderCount; i++)
        {
            var line = invite.Line(i);
            if (line.Header == SipHeader.Unknown && line.Name.Length > 2 && SipText.EqualsIgnoreCase(line.Name[..2], "X-"u8))
                attributes.TryAdd($"header.{SipText.Decode(line.Name)}", SipText.Decode(line.Value));
        }
        return attributes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static string? Name(SipNameAddress address) => address.DisplayName.IsEmpty ? null : SipText.DecodeQuoted(address.DisplayName);

    private static string UserOf(SipMessage request) =>
        request.TryGetFrom(out var from) && SipUri.TryParse(from.Uri, out var uri) ? uri.DecodeUser() : "";
}

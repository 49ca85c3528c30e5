using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Trunks;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Decides whether an INVITE outside of any dialog becomes a call. Worker only.</summary>
internal sealed class InviteGate(SipUserAgent agent)
{
    private readonly SipServices _services = agent.Services;

    public void OnInvite(SipInviteServerTransaction transaction, SipMessage invite)
    {
        var called = SipUri.TryParse(invite.RequestUri, out var target) ? target.DecodeUser() : "";
        if (_services.Refuses && !_services.IsEmergency(called))
        {
            agent.Refuse(transaction, 503);
        }
        else if (SessionTimer.IsTooBrief(invite, _services.Options.SessionTimers, out var minimum))
        {
            agent.RefuseInterval(transaction, minimum);
        }
        else if (Identify(transaction, invite, called) is { } caller)
        {
            // Only a phone of ours passes the limits, not whoever dials a number.
            if (_services.Refuses && caller.Origin is not CallOrigin.FromEndpoint)
                agent.Refuse(transaction, 503);
            else
                Admit(transaction, invite, caller);
        }
    }

    // Null when the request has been answered: challenged or refused.
    private Caller? Identify(SipInviteServerTransaction transaction, SipMessage invite, string called)
    {
        var source = invite.Source!.Address;
        if (_services.Trunks.FindSource(source, called) is { } trunk)
        {
            trunk.ReportAlive();
            return new(new CallOrigin.FromTrunk(trunk.Name), trunk);
        }
        if (_services.Peers.Find(source) is { } peer)
            return new(new CallOrigin.FromTrunk(peer));
        var user = UserOf(invite);
        if (_services.Options.AllowStrangers && !invite.Has(SipHeader.Authorization) && _services.Accounts.Find(user) is null)
            return new(new CallOrigin.Stranger());
        if (agent.Authenticate(transaction, invite) is not { } account)
            return null;
        if (account.User == user)
            return new(new CallOrigin.FromEndpoint(account.Endpoint));
        SipLog.WrongIdentity(_services.Logger, invite.Method, source);
        agent.Refuse(transaction, 403);
        return null;
    }

    private void Admit(SipInviteServerTransaction transaction, SipMessage invite, Caller caller)
    {
        // RFC 3261 §8.1.1.8; a client of RFC 2543 may leave it out, and is then where its From says.
        if ((!invite.TryGetContact(out var contact) && (invite.Has(SipHeader.Contact) || !IsOld(invite))) || contact.IsWildcard)
            transaction.Respond(400, "Missing Contact"u8);
        else if (!SipBody.TryReadOffer(invite, out var offer, out var refusal))
            agent.Refuse(transaction, refusal);
        else if (!TryChooseFormat(transaction, offer, caller, out var format))
            agent.Refuse(transaction, 488);
        else if (invite.Has(SipHeader.Replaces))
            Replace(transaction, invite, caller, offer);
        else
            Begin(transaction, invite, offer, caller, Facts(invite, caller) with { Format = format });
    }

    // Null without an offer: then ours will decide.
    private bool TryChooseFormat(SipInviteServerTransaction transaction, SessionDescription? offer, Caller caller, out AudioCodec? format)
    {
        var codecs = caller.Trunk?.CodecsOf(_services.Codecs) ?? _services.Codecs;
        format = offer is null ? null : LegMedia.FormatFor(offer, codecs, Advertised(transaction).Address, _services.Sdp(SrtpOf(caller)));
        return offer is null || format is not null;
    }

    private void Begin(SipInviteServerTransaction transaction, SipMessage invite, SessionDescription? offer, Caller caller, SipCallFacts facts)
    {
        if (agent.IsDrained)
        {
            agent.Refuse(transaction, 503);
            return;
        }
        SipTrunkSlot? slot = null;
        if (caller.Trunk is { } trunk && !trunk.TryBegin(CallDirection.Inbound, isEmergency: false, out slot, out var full))
        {
            SipLog.TrunkFull(_services.Logger, full);
            agent.Refuse(transaction, 503);
            return;
        }
        if (!_services.TryAddLeg(caller.Origin is CallOrigin.FromEndpoint && _services.IsEmergency(facts.To.Number)))
        {
            SipLog.TooManyCalls(_services.Logger, _services.Options.MaxCalls);
            slot?.End();
            agent.Refuse(transaction, 503);
            return;
        }
        var tag = transaction.LocalTag;
        var leg = new SipLeg(agent, facts) { Trunk = slot };
        var contact = SipAddress.Contact(transaction.Transport, Advertised(transaction));
        var dialog = SipDialog.FromInvite(invite, SipTag.Write(tag), transaction.Transport, contact, caller.Trunk?.Credentials);
        leg.Receive(new(transaction, invite.CSeq, offer, ProvisionalReliabilityText.Read(invite)), dialog, tag);
        _services.Sink.OnIncoming(leg.Call);
    }

    // RFC 3891 §3. Who knows the tags of a call is one of its parties or was told by one; strangers are not believed even then.
    private void Replace(SipInviteServerTransaction transaction, SipMessage invite, Caller caller, SessionDescription? offer)
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
        if (caller.Origin is CallOrigin.Stranger)
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
                Begin(transaction, transaction.Request, offer, caller, Facts(transaction.Request, caller) with { Replaces = leg.Call.Id });
        });
    }

    // Its branch is without the magic cookie, or missing (RFC 3261 §17.2.3).
    private static bool IsOld(SipMessage invite) => invite.TryGetTopVia(out var via) && !via.Branch.StartsWith(SipBranch.Cookie);

    private static System.Net.IPEndPoint Advertised(SipInviteServerTransaction transaction) => transaction.Transport.AdvertisedTo(transaction.Remote.Address);

    private SrtpPolicy SrtpOf(Caller caller) => caller.Trunk?.Options.Srtp ?? _services.SrtpOf(caller.Origin) ?? _services.Options.Srtp;

    private SipCallFacts Facts(SipMessage invite, Caller caller)
    {
        invite.TryGetTo(out var to);
        // Peers that are trusted by their address were trusted with everything.
        var identity = caller.Trunk?.CallerOf(invite) ?? CallerIdentity.Read(invite, trusted: caller.Origin is CallOrigin.FromTrunk);
        return new(new(_services.Ids.Next()), CallDirection.Inbound, caller.Origin)
        {
            From = identity.Presented,
            To = caller.Trunk?.CalledOf(invite) ?? new(SipUri.TryParse(invite.RequestUri, out var target) ? target.DecodeUser() : "", Name(to)),
            Attributes = Attributes(invite, identity),
            MaxForwards = invite.MaxForwards ?? 70,
            Srtp = SrtpOf(caller),
        };
    }

    // What private headers say, for hosts whose trunks or proxies add some.
    private static Dictionary<string, string> Attributes(SipMessage invite, CallerIdentity identity)
    {
        var attributes = identity.Attributes; // made for this call
        attributes["sip.call-id"] = SipText.Decode(invite.CallId);
        for (var i = 0; i < invite.HeaderCount; i++)
        {
            var line = invite.Line(i);
            if (line.Header == SipHeader.Unknown && line.Name.Length > 2 && SipText.EqualsIgnoreCase(line.Name[..2], "X-"u8))
                attributes.TryAdd($"header.{SipText.Decode(line.Name)}", SipText.Decode(line.Value));
        }
        return attributes;
    }

    private static string? Name(SipNameAddress address) => address.DisplayName.IsEmpty ? null : SipText.DecodeQuoted(address.DisplayName);

    private static string UserOf(SipMessage request) =>
        request.TryGetFrom(out var from) && SipUri.TryParse(from.Uri, out var uri) ? uri.DecodeUser() : "";

    /// <summary>Who sent an INVITE.</summary>
    /// <param name="Origin">What the host is told.</param>
    /// <param name="Trunk">Null for phones, strangers, and peers that are trusted by their address alone.</param>
    private readonly record struct Caller(CallOrigin Origin, SipTrunk? Trunk = null);
}

using System.Net;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>A peer-to-peer relationship with one phone or trunk (RFC 3261 §12). Worker only.</summary>
internal sealed class SipDialog
{
    private string[] _routes = [];
    private string _target = "";
    private uint? _remoteCSeq;

    private SipDialog(SipDialogId id, string local, string remote)
    {
        Id = id;
        Local = local;
        Remote = remote;
    }

    public SipDialogId Id { get; }

    /// <summary>Our From or To without its tag: name and address.</summary>
    public string Local { get; }

    /// <summary>The other side's, without its tag.</summary>
    public string Remote { get; }

    /// <summary>Where we are reached, the Contact of what we send.</summary>
    public required string Contact { get; init; }

    /// <summary>Which socket the other side knows.</summary>
    public required ISipTransport Transport { get; set; }

    /// <summary>Where packets go when the target's own address cannot be used: a name, or an address behind a NAT.</summary>
    public required IPEndPoint Peer { get; set; }

    /// <summary>The target's own address is not where the phone is.</summary>
    public bool BehindNat { get; init; }

    /// <summary>What the other side said it can do; nothing until <see cref="Learn"/> saw its Allow or Supported.</summary>
    public SipAbilities Abilities { get; private set; }

    /// <summary>What we prove who we are with when a request of ours is challenged; null has nothing to prove.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>The number of our last request.</summary>
    public uint LocalCSeq { get; private set; }

    /// <summary>The dialog an INVITE makes when we answer it (RFC 3261 §12.1.1).</summary>
    /// <param name="invite">Or another request that begins a dialog.</param>
    /// <param name="localTag">Ours.</param>
    /// <param name="transport">What it came by.</param>
    /// <param name="contact">Where we are reached.</param>
    /// <param name="credentials">What we prove who we are with when the other side asks; null has nothing to prove.</param>
    public static SipDialog FromInvite(SipMessage invite, string localTag, ISipTransport transport, string contact, SipCredentials? credentials = null)
    {
        invite.TryGetFrom(out var from);
        invite.TryGetTo(out var to);
        var dialog = new SipDialog(
            new(SipText.Decode(invite.CallId), localTag, SipText.Decode(from.Tag)), SipAddress.Write(to), SipAddress.Write(from))
        {
            Contact = contact,
            Transport = transport,
            Peer = invite.Source!,
            BehindNat = SipAddress.IsBehindNat(invite),
            Credentials = credentials,
            _remoteCSeq = invite.CSeq,
            _routes = Routes(invite, reversed: false),
            _target = SipText.Decode(from.Uri),
        };
        dialog.Refresh(invite);
        dialog.Learn(invite);
        return dialog;
    }

    /// <summary>The dialog a response to our INVITE makes (RFC 3261 §12.1.2).</summary>
    /// <param name="response">101 to 299 with a To tag.</param>
    /// <param name="invite">What we sent.</param>
    public static SipDialog FromResponse(SipMessage response, OutgoingInvite invite)
    {
        response.TryGetTo(out var to);
        var dialog = new SipDialog(new(invite.CallId, invite.LocalTag, SipText.Decode(to.Tag)), invite.From, SipAddress.Write(to))
        {
            Contact = invite.Contact,
            Transport = invite.Transport,
            Peer = invite.Destination,
            BehindNat = invite.BehindNat,
            LocalCSeq = invite.CSeq,
            _routes = Routes(response, reversed: true),
            Credentials = invite.Credentials,
            _target = invite.RequestUri,
        };
        dialog.Refresh(response);
        dialog.Learn(response);
        return dialog;
    }

    /// <summary>Where the next request goes, and by what: the first route or the remote target (RFC 3261 §12.2.1.1), and the transport it names (§18.1.1).</summary>
    public DialogHop NextHop(SipStack stack)
    {
        var known = new DialogHop(Transport, Peer);
        if (_routes.Length == 0 && BehindNat)
            return known;
        var (place, named) = ContactUri.Read(_routes is [var first, ..] ? first : _target);
        var protocol = named ?? Transport.Protocol;
        // What began over TLS is not continued where it can be read.
        if (place is null || (Transport.Protocol == SipTransportProtocol.Tls && protocol != SipTransportProtocol.Tls))
            return known;
        if (protocol == Transport.Protocol && place.AddressFamily == Transport.LocalEndPoint.AddressFamily)
            return new(Transport, place);
        return stack.FindTransport(protocol, place) is { } transport ? new(transport, place) : known;
    }

    /// <summary>The other side has sent a request within the dialog: its NAT may have moved it, or it has opened another connection.</summary>
    public void Hear(SipMessage request)
    {
        if (!BehindNat || request.Transport is not { } transport || (Transport.Protocol == SipTransportProtocol.Tls && transport.Protocol != SipTransportProtocol.Tls))
            return;
        Transport = transport;
        Peer = request.Source!;
    }

    /// <summary>An early dialog becomes a confirmed one: route set and target are those of the 2xx (RFC 3261 §13.2.2.4).</summary>
    public void Confirm(SipMessage response)
    {
        _routes = Routes(response, reversed: true);
        Refresh(response);
        Learn(response);
    }

    /// <summary>Notes what the other side says it can do.</summary>
    public void Learn(SipMessage message)
    {
        if (message.Has(SipHeader.Allow))
            Abilities = (Abilities & SipAbilities.Timer) | SipAbilitiesText.Allowed(message);
        if (message.Has(SipHeader.Supported))
            Abilities = (Abilities & ~SipAbilities.Timer) | (message.HasToken(SipHeader.Supported, "timer"u8) ? SipAbilities.Timer : 0);
    }

    /// <summary>Takes the Contact of a target refresh request or its 2xx (RFC 3261 §12.2).</summary>
    public void Refresh(SipMessage message)
    {
        if (message.TryGetContact(out var contact) && !contact.IsWildcard)
            _target = SipText.Decode(contact.Address.Uri);
    }

    /// <summary>False for a request that was overtaken by a later one (RFC 3261 §12.2.2): 500.</summary>
    public bool TryAdvance(uint cseq)
    {
        if (_remoteCSeq is { } last && cseq <= last)
            return false;
        _remoteCSeq = cseq;
        return true;
    }

    /// <summary>What stands in the request line: the remote target, or a strict router (RFC 3261 §12.2.1.1).</summary>
    public string RequestUri => _routes is [var first, ..] && !IsLoose(first) ? first : _target;

    /// <summary>Begins a new request within the dialog; what follows the dialog's own headers is up to the caller.</summary>
    public SipMessageWriter Request(SipMethod method, SipTransactionLayer layer, DialogHop to) => Write(method, ++LocalCSeq, layer, to);

    /// <summary>The ACK for a 2xx, under the number of its INVITE (RFC 3261 §13.2.2.4).</summary>
    public SipMessageWriter Ack(uint inviteCSeq, SipTransactionLayer layer, DialogHop to) => Write(SipMethod.Ack, inviteCSeq, layer, to);

    private SipMessageWriter Write(SipMethod method, uint cseq, SipTransactionLayer layer, DialogHop to)
    {
        var strict = _routes is [var first, ..] && !IsLoose(first);
        var writer = layer.BeginRequest(method, Encoding.UTF8.GetBytes(RequestUri), to.Transport, to.Destination);
        // A strict router is the Request-URI itself; the target is then the last route (RFC 3261 §12.2.1.1).
        foreach (var route in strict ? _routes[1..] : _routes)
            writer.Header(SipHeader.Route, $"<{route}>");
        if (strict)
            writer.Header(SipHeader.Route, $"<{_target}>");
        writer.Header(SipHeader.From, $"{Local};tag={Id.LocalTag}");
        if (Id.RemoteTag.Length > 0)
            writer.Header(SipHeader.To, $"{Remote};tag={Id.RemoteTag}");
        else
            writer.Header(SipHeader.To, Remote);
        writer.Header(SipHeader.CallId, Id.CallId).CSeq(cseq, method);
        if (method is SipMethod.Invite or SipMethod.Update or SipMethod.Refer or SipMethod.Notify or SipMethod.Subscribe)
            writer.Header(SipHeader.Contact, Contact);
        return writer;
    }

    private static bool IsLoose(string route) => SipUri.TryParse(Encoding.UTF8.GetBytes(route), out var uri) && uri.Parameters.Contains("lr"u8);

    private static string[] Routes(SipMessage message, bool reversed)
    {
        List<string> routes = [];
        foreach (var element in message.List(SipHeader.RecordRoute))
        {
            if (SipNameAddress.TryParse(element, out var address))
                routes.Add(SipText.Decode(address.Uri));
        }
        if (reversed)
            routes.Reverse();
        return [.. routes];
    }
}

/// <summary>Where a request goes next, and by which socket.</summary>
internal readonly record struct DialogHop(ISipTransport Transport, IPEndPoint Destination);

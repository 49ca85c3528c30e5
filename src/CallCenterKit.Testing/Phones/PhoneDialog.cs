using System.Globalization;
using System.Net;

namespace CallCenterKit.Testing;

/// <summary>Who the two ends of a call (or a registration) are, and the requests that name them (RFC 3261 §12). Under the phone's lock.</summary>
internal sealed class PhoneDialog
{
    private readonly ScriptedPhone _phone;
    private string _remote;
    private List<string> _routes = [];
    private int _cseq;

    private PhoneDialog(ScriptedPhone phone, string callId, string local, string remote)
    {
        (_phone, CallId, Local, _remote) = (phone, callId, local, remote);
        (Target, Destination) = (SipText.UriOf(remote), phone.LocalEndPoint);
    }

    public string CallId { get; }

    /// <summary>Our From in requests we send: address and tag.</summary>
    public string Local { get; }

    public string LocalTag => SipText.ParameterOf(Local, "tag");

    public string Remote => _remote;

    /// <summary>The Request-URI: what was dialled, then what the far end's Contact says.</summary>
    public string Target { get; private set; }

    public IPEndPoint Destination { get; private set; }

    /// <summary>A dialog we begin, or a registration.</summary>
    public static PhoneDialog Outgoing(ScriptedPhone phone, string target, string to) =>
        new(phone, phone.NextCallId(), $"{phone.NameAddress};tag={phone.NextToken()}", to)
        {
            Target = target,
            Destination = phone.DestinationOf(target),
        };

    /// <summary>A dialog that an INVITE from outside begins; <paramref name="source"/> is where answers go if the Contact is no address.</summary>
    public static PhoneDialog Incoming(ScriptedPhone phone, SipText invite, IPEndPoint source)
    {
        var dialog = new PhoneDialog(phone, invite.CallId, $"{invite["To"]};tag={phone.NextToken()}", invite["From"])
        {
            Target = ContactOf(invite) ?? SipText.UriOf(invite["From"]),
            _routes = [.. invite.All("Record-Route")],
        };
        dialog.Destination = dialog.NextHop() ?? source;
        return dialog;
    }

    public int NextCSeq() => ++_cseq;

    /// <summary>Takes the far end's tag, routes and contact from its 2xx, whoever sent the INVITE.</summary>
    public void Confirm(SipText response)
    {
        _remote = response["To"];
        Target = ContactOf(response) ?? Target;
        _routes = [.. response.All("Record-Route").Reverse()];
        Destination = NextHop() ?? Destination;
    }

    /// <summary>The far end's new contact in a re-INVITE or the response to ours (RFC 3261 §12.2).</summary>
    public void Refresh(SipText message)
    {
        Target = ContactOf(message) ?? Target;
        Destination = NextHop() ?? Destination;
    }

    public SipText Request(string method) => Request(method, NextCSeq());

    /// <summary>ACK of a 2xx: the CSeq number of its INVITE, a branch of its own (RFC 3261 §13.2.2.4).</summary>
    public SipText Request(string method, int cseq)
    {
        var request = SipText.Request(method, Target)
            .Add("Via", _phone.NextVia())
            .Add("Max-Forwards", "70")
            .Add("From", Local)
            .Add("To", _remote)
            .Add("Call-ID", CallId)
            .Add("CSeq", string.Create(CultureInfo.InvariantCulture, $"{cseq} {method}"))
            .Add("User-Agent", ScriptedPhone.UserAgent);
        foreach (var route in _routes)
            request.Add("Route", route);
        return request;
    }

    public SipText Response(SipText request, int status, string? reason = null) => ScriptedPhone.Response(request, status, reason, Local);

    private static string? ContactOf(SipText message) => message["Contact"] is { Length: > 0 } contact ? SipText.UriOf(contact) : null;

    private IPEndPoint? NextHop() =>
        _routes.Count > 0 ? ScriptedPhone.AddressOf(SipText.UriOf(_routes[0])) : ScriptedPhone.AddressOf(Target);
}

using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Reads REGISTER, asks who it is, and answers with what the registrar decides (RFC 3261 §10.3). Worker only.</summary>
internal sealed class RegisterRequests(SipUserAgent agent)
{
    private readonly SipServices _services = agent.Services;

    public void OnRegister(SipServerTransaction transaction, SipMessage request)
    {
        if (!request.TryGetTo(out var to) || !SipUri.TryParse(to.Uri, out var record) || record.Scheme is not (SipUriScheme.Sip or SipUriScheme.Sips))
        {
            agent.Refuse(transaction, 400); // an address of record is a SIP or SIPS URI (RFC 3261 §10.3 step 5)
            return;
        }
        if (agent.Authenticate(transaction, request) is not { } account)
            return;
        if (record.DecodeUser() != account.User)
        {
            SipLog.WrongIdentity(_services.Logger, request.Method, request.Source!.Address);
            agent.Refuse(transaction, 403);
        }
        else if (Read(request, account.Endpoint) is { } wish)
        {
            _services.RegistrarHost.Handle(wish, agent.Worker, result => Answer(transaction, result));
        }
        else
        {
            agent.Refuse(transaction, 400);
        }
    }

    // Null when a contact cannot be read.
    private static RegisterRequest? Read(SipMessage request, EndpointId endpoint)
    {
        List<RegisterContact> contacts = [];
        var everything = false;
        foreach (var element in request.List(SipHeader.Contact))
        {
            if (!SipContact.TryParse(element, out var contact))
                return null;
            everything |= contact.IsWildcard;
            if (!contact.IsWildcard)
                contacts.Add(Read(contact));
        }
        var source = new RegisterSource(request.Source!, request.Transport!.LocalEndPoint, SipAddress.IsBehindNat(request))
        {
            Protocol = request.Transport.Protocol,
        };
        return new(endpoint, SipText.Decode(request.CallId), request.CSeq, source)
        {
            Everything = everything,
            Expires = request.TryGetExpires(out var seconds) ? seconds : null,
            Contacts = contacts,
        };
    }

    private static RegisterContact Read(SipContact contact)
    {
        var uri = SipText.Decode(contact.Address.Uri);
        var (address, protocol) = ContactUri.Read(uri);
        return new(uri, address, contact.Expires)
        {
            Protocol = protocol,
            QThousandths = contact.QThousandths,
            Instance = contact.Address.Parameters.TryGet("+sip.instance"u8, out var instance) && !instance.IsEmpty ? SipText.Decode(instance) : null,
            RegId = contact.Address.Parameters.TryGet("reg-id"u8, out var text) && SipText.TryParseUInt32(text, out var regId) ? regId : 0,
        };
    }

    private void Answer(SipServerTransaction transaction, RegisterResult result)
    {
        switch (result)
        {
            case RegisterResult.Bound bound:
                using (var response = _services.Server(transaction.BeginResponse(200)))
                {
                    foreach (var contact in bound.Contacts)
                        response.Header(SipHeader.Contact, $"<{contact.Uri}>;expires={contact.ExpiresSeconds}{contact.Parameters}");
                    transaction.Respond(response);
                }
                break;
            case RegisterResult.TooBrief brief:
                using (var response = _services.Server(transaction.BeginResponse(423).Header(SipHeader.MinExpires, brief.MinExpiresSeconds)))
                    transaction.Respond(response);
                break;
            case RegisterResult.Refused refused:
                agent.Refuse(transaction, refused.Status);
                break;
        }
    }
}

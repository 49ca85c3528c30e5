using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>By which of our sockets a contact is reached.</summary>
internal static class ContactRoute
{
    /// <summary>The socket the phone knows, or another of the same transport and kind of address; null when there is none.</summary>
    public static ISipTransport? Find(IReadOnlyList<ISipTransport> transports, ContactBinding contact)
    {
        ISipTransport? other = null;
        foreach (var transport in transports)
        {
            if (transport.Protocol != contact.Protocol)
                continue;
            if (transport.LocalEndPoint.Equals(contact.Local))
                return transport;
            if (other is null && transport.LocalEndPoint.AddressFamily == contact.Address.AddressFamily)
                other = transport;
        }
        return other;
    }
}

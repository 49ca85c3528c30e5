using System.Collections.Frozen;
using System.Net;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Authentication;

/// <summary>The accounts of <see cref="SipOptions"/>, with their passwords already made into HA1.</summary>
internal sealed class ConfiguredAccounts : ISipAccounts
{
    private readonly FrozenDictionary<string, SipAccount> _byUser;
    private readonly FrozenDictionary<EndpointId, SipAccount> _byEndpoint;

    public ConfiguredAccounts(SipOptions options)
    {
        var accounts = options.Accounts.Select(account => Make(account, options.Realm)).ToList();
        _byUser = accounts.ToFrozenDictionary(account => account.User, StringComparer.Ordinal);
        _byEndpoint = accounts.ToFrozenDictionary(account => account.Endpoint);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<SipAccount> All => _byUser.Values;

    /// <summary>Where those are that need not register.</summary>
    public IEnumerable<ContactBinding> FixedContacts
    {
        get
        {
            foreach (var account in All)
            {
                if (account.Contact is { } uri && ContactUri.Read(uri) is { Address: { } address } way)
                    yield return Fixed(account.Endpoint, uri, address, way.Protocol ?? SipTransportProtocol.Udp);
            }
        }
    }

    public SipAccount? Find(string user) => _byUser.GetValueOrDefault(user);

    public SipAccount? FindByEndpoint(EndpointId endpoint) => _byEndpoint.GetValueOrDefault(endpoint);

    private static ContactBinding Fixed(EndpointId endpoint, string uri, IPEndPoint address, SipTransportProtocol protocol) => new()
    {
        Endpoint = endpoint,
        Uri = uri,
        Protocol = protocol,
        Address = address,
        Local = null,
        CallId = "",
        CSeq = 0,
        ExpiresAt = DateTimeOffset.MaxValue,
        IsFixed = true,
    };

    private static SipAccount Make(SipAccountOptions account, string realm)
    {
        var user = account.User ?? account.Endpoint;
        return new(new(account.Endpoint), user, Ha1(DigestAlgorithm.Md5, account.Ha1), account.Contact)
        {
            Ha1Sha256 = Ha1(DigestAlgorithm.Sha256, account.Ha1Sha256),
            Srtp = account.Srtp,
        };

        string? Ha1(DigestAlgorithm algorithm, string? given)
        {
            if (!string.IsNullOrEmpty(given))
                return given.ToLowerInvariant();
            return string.IsNullOrEmpty(account.Password) ? null : algorithm.Ha1(user, realm, account.Password);
        }
    }
}

using System.Collections.Frozen;

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

    public SipAccount? Find(string user) => _byUser.GetValueOrDefault(user);

    public SipAccount? FindByEndpoint(EndpointId endpoint) => _byEndpoint.GetValueOrDefault(endpoint);

    private static SipAccount Make(SipAccountOptions account, string realm)
    {
        var user = account.User ?? account.Endpoint;
        return new(new(account.Endpoint), user, Ha1(account, user, realm), account.Contact);
    }

    private static string? Ha1(SipAccountOptions account, string user, string realm)
    {
        if (account.Ha1 is { Length: > 0 } given)
            return given.ToLowerInvariant();
        return account.Password is { Length: > 0 } password ? DigestAlgorithm.Md5.Ha1(user, realm, password) : null;
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using CallCenterKit.Configuration;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Sip.Trunks;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Sip;

/// <summary>Refuses <see cref="SipOptions"/> that cannot work; every message names the option, its value and what is allowed, never a secret.</summary>
public sealed class SipOptionsValidator : IValidateOptions<SipOptions>
{
    private readonly OptionRules _rules = new();

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SipOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        CheckRanges("", options, failures);
        CheckRanges("Timers.", options.Timers, failures);
        CheckRanges("SessionTimers.", options.SessionTimers, failures);
        CheckRanges("Streams.", options.Streams, failures);
        CheckNetworks(options, failures);
        CheckTls(options, failures);
        CheckRanges("Dns.", options.Dns, failures);
        CheckAddresses(options, failures);
        CheckDns(options.Dns, failures);
        CheckTimes(options, failures);
        CheckDigest(options, failures);
        CheckAccounts(options, failures);
        CheckPeers(options, failures);
        CheckCodecs(options, failures);
        foreach (var trunk in options.Trunks)
            CheckRanges($"trunk '{trunk.Name}': ", trunk, failures);
        SipTrunkOptionsValidator.Check(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The names of all audio formats there are.</summary>
    internal static string KnownCodecs => string.Join(", ", AudioCodecs.All.Select(codec => codec.StaticPayloadType is null ? codec.ToString() : codec.Name));

    private static void CheckCodecs(SipOptions options, List<string> failures)
    {
        foreach (var codec in options.Codecs.Where(codec => AudioCodecs.Find(codec) is null))
            failures.Add($"Sip: Codecs '{codec}' must be one of {KnownCodecs}.");
    }

    private void CheckRanges(string prefix, object options, List<string> failures)
    {
        foreach (var (property, value, allowed) in _rules.Broken(options))
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"Sip: {prefix}{property} '{value}': {allowed}"));
    }

    private static void CheckAddresses(SipOptions options, List<string> failures)
    {
        if (options.Realm.AsSpan().IndexOfAny("\"\\\r\n") >= 0)
            failures.Add($"Sip: Realm '{options.Realm}' must not hold quotes, backslashes or line breaks.");
        foreach (var address in options.Listen)
        {
            if (!SipListenAddress.TryParse(address, out _))
                failures.Add($"Sip: Listen '{address}' must be an address and a port behind 'udp:', 'tcp:', 'tls:' or nothing, as '0.0.0.0:5060' or 'tls:[::]:5061'.");
        }
        var seen = new HashSet<SipListenAddress>();
        foreach (var text in options.Listen)
        {
            if (SipListenAddress.TryParse(text, out var listen) && listen.Address.Port != 0 && !seen.Add(listen))
                failures.Add($"Sip: Listen '{text}' must be named once only.");
        }
        if (options.AdvertisedAddress is { } advertised && !IPAddress.TryParse(advertised, out _))
            failures.Add($"Sip: AdvertisedAddress '{advertised}' must be an IP address.");
    }

    private static IEnumerable<SipListenAddress> ListenAddresses(SipOptions options)
    {
        foreach (var text in options.Listen)
        {
            if (SipListenAddress.TryParse(text, out var listen))
                yield return listen;
        }
    }

    private void CheckNetworks(SipOptions options, List<string> failures)
    {
        foreach (var network in options.Networks)
        {
            CheckRanges($"network '{network.Network}': ", network, failures);
            if (!IPNetwork.TryParse(network.Network, out var peers))
                failures.Add($"Sip: Network '{network.Network}' must be an address and a prefix length, as '10.0.0.0/8'.");
            else if (!IPAddress.TryParse(network.AdvertisedAddress, out var advertised) || advertised.AddressFamily != peers.BaseAddress.AddressFamily)
                failures.Add($"Sip: network '{network.Network}': AdvertisedAddress '{network.AdvertisedAddress}' must be an IP address of the same family.");
            if (network.ListenAddress is { } own && !(IPAddress.TryParse(own, out var local) && ListenAddresses(options).Any(listen => listen.Address.Address.Equals(local))))
                failures.Add($"Sip: network '{network.Network}': ListenAddress '{own}' must be an address of Listen.");
        }
        foreach (var twice in options.Networks.GroupBy(network => network.Network, StringComparer.Ordinal).Where(group => group.Count() > 1))
            failures.Add($"Sip: Network '{twice.Key}' must be named once only.");
    }

    private static void CheckTls(SipOptions options, List<string> failures)
    {
        var tls = options.Tls;
        if (string.IsNullOrEmpty(tls.CertificateFile) && ListenAddresses(options).FirstOrDefault(listen => listen.Protocol == SipTransportProtocol.Tls) is { Address: not null } listens)
            failures.Add($"Sip: Tls.CertificateFile '{tls.CertificateFile}' must name a certificate, since Listen has '{listens}'.");
        if (tls.KeyFile is not null && string.IsNullOrEmpty(tls.CertificateFile))
            failures.Add($"Sip: Tls.KeyFile '{tls.KeyFile}' needs a Tls.CertificateFile.");
        if (tls.Password is not null && tls.PasswordFile is not null)
            failures.Add($"Sip: give Tls a Password or a PasswordFile, not both ('{tls.PasswordFile}').");
        if (tls.RequireClientCertificates && string.IsNullOrEmpty(tls.TrustedCertificatesFile))
            failures.Add($"Sip: Tls.RequireClientCertificates '{tls.RequireClientCertificates}' needs a Tls.TrustedCertificatesFile: any public authority would open the door otherwise.");
    }

    private static void CheckDns(SipDnsOptions dns, List<string> failures)
    {
        foreach (var server in dns.Servers.Where(server => DnsServers.Parse(server) is null))
            failures.Add($"Sip: Dns.Servers '{server}' must be a numeric address, with or without a port, as '192.0.2.53' or '192.0.2.53:5353'.");
        if (dns.MinLife > dns.MaxLife)
            failures.Add($"Sip: Dns.MinLife {dns.MinLife} must not be over Dns.MaxLife {dns.MaxLife}.");
    }

    private static void CheckTimes(SipOptions options, List<string> failures)
    {
        if (options.DefaultRegistration < options.MinRegistration || options.DefaultRegistration > options.MaxRegistration)
        {
            failures.Add($"Sip: DefaultRegistration {options.DefaultRegistration} must lie between MinRegistration {options.MinRegistration} "
                + $"and MaxRegistration {options.MaxRegistration}.");
        }
        if (options.SessionTimers.Interval < options.SessionTimers.MinInterval)
            failures.Add($"Sip: SessionTimers.Interval {options.SessionTimers.Interval} must not be under SessionTimers.MinInterval {options.SessionTimers.MinInterval}.");
        if (options.QualifyInterval > TimeSpan.Zero && options.QualifyInterval < TimeSpan.FromSeconds(1))
            failures.Add($"Sip: QualifyInterval {options.QualifyInterval} must be 0 or at least 1 s.");
        if (options.MaxSubscription < options.MinSubscription)
            failures.Add($"Sip: MaxSubscription {options.MaxSubscription} must not be under MinSubscription {options.MinSubscription}.");
        if (options.Streams.IdleTimeout < options.MaxRegistration)
            failures.Add($"Sip: Streams.IdleTimeout {options.Streams.IdleTimeout} must not be under MaxRegistration {options.MaxRegistration}.");
        if (options.Timers.T2 < options.Timers.T1)
            failures.Add($"Sip: Timers.T2 {options.Timers.T2} must not be under Timers.T1 {options.Timers.T1}.");
    }

    private static void CheckDigest(SipOptions options, List<string> failures)
    {
        const SipDigestAlgorithms all = SipDigestAlgorithms.Md5 | SipDigestAlgorithms.Sha256;
        if (options.DigestAlgorithms == SipDigestAlgorithms.None || (options.DigestAlgorithms & ~all) != 0)
            failures.Add($"Sip: DigestAlgorithms '{options.DigestAlgorithms}' must be Md5, Sha256 or both.");
        foreach (var account in options.Accounts.Where(account => string.IsNullOrEmpty(account.Password)))
        {
            var has = (string.IsNullOrEmpty(account.Ha1) ? SipDigestAlgorithms.None : SipDigestAlgorithms.Md5)
                | (string.IsNullOrEmpty(account.Ha1Sha256) ? SipDigestAlgorithms.None : SipDigestAlgorithms.Sha256);
            if (has != SipDigestAlgorithms.None && (has & options.DigestAlgorithms) == SipDigestAlgorithms.None)
                failures.Add($"Sip: account '{account.Endpoint}': it has a secret for {has} only, and DigestAlgorithms allows {options.DigestAlgorithms}.");
        }
    }

    private static void CheckAccounts(SipOptions options, List<string> failures)
    {
        foreach (var account in options.Accounts)
        {
            if (account.Endpoint is not { Length: > 0 and <= 128 })
                failures.Add($"Sip: account '{account.Endpoint}': Endpoint must have 1 to 128 characters.");
            if (account.User is { Length: 0 or > 128 })
                failures.Add($"Sip: account '{account.Endpoint}': User '{account.User}' must have 1 to 128 characters.");
            if (!string.IsNullOrEmpty(account.Password) && !(string.IsNullOrEmpty(account.Ha1) && string.IsNullOrEmpty(account.Ha1Sha256)))
                failures.Add($"Sip: account '{account.Endpoint}': give it a Password or a Ha1, not both.");
            if (account.Ha1 is { Length: > 0 } ha1 && (ha1.Length != 32 || !ha1.All(char.IsAsciiHexDigit)))
                failures.Add($"Sip: account '{account.Endpoint}': Ha1 must be 32 hexadecimal digits.");
            if (account.Ha1Sha256 is { Length: > 0 } sha256 && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
                failures.Add($"Sip: account '{account.Endpoint}': Ha1Sha256 must be 64 hexadecimal digits.");
            if (account.Contact is { } contact && !IsDialable(contact))
                failures.Add($"Sip: account '{account.Endpoint}': Contact '{contact}' must be a sip: address with a numeric host, as 'sip:100@192.0.2.7:5060'.");
        }
        Twice(options.Accounts.Select(account => account.Endpoint), "Endpoint", failures);
        Twice(options.Accounts.Select(account => account.User ?? account.Endpoint), "User", failures);
    }

    private static void Twice(IEnumerable<string> values, string what, List<string> failures)
    {
        foreach (var group in values.GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Count() > 1))
            failures.Add($"Sip: account {what} '{group.Key}' must be named once only.");
    }

    private static bool IsDialable(string contact) =>
        SipUri.TryParse(Encoding.UTF8.GetBytes(contact), out var uri)
        && uri.Scheme == SipUriScheme.Sip
        && SipHostPort.TryParseAddress(uri.Host, out _);

    private static void CheckPeers(SipOptions options, List<string> failures)
    {
        foreach (var peer in options.TrustedPeers)
        {
            if (peer.Name is not { Length: > 0 and <= 128 })
                failures.Add($"Sip: trusted peer '{peer.Name}' at '{peer.Address}': Name must have 1 to 128 characters.");
            if (!IPNetwork.TryParse(peer.Address, out _) && !IPAddress.TryParse(peer.Address, out _))
                failures.Add($"Sip: trusted peer '{peer.Name}': Address '{peer.Address}' must be an address or a network, as '192.0.2.7' or '192.0.2.0/24'.");
        }
    }
}

using CallCenterKit.Media.Codecs;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Rules for trunks that no range can say. Messages never hold a secret.</summary>
internal static class SipTrunkOptionsValidator
{
    private static readonly TimeSpan MinHealthInterval = TimeSpan.FromSeconds(5), MaxHealthInterval = TimeSpan.FromHours(1);

    public static void Check(SipOptions options, List<string> failures)
    {
        foreach (var trunk in options.Trunks)
            new Checks(trunk, failures).All();
        foreach (var twice in options.Trunks.GroupBy(trunk => trunk.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            failures.Add($"Sip: trunk '{twice.Key}': Name must be given once only.");
    }

    private sealed class Checks(SipTrunkOptions trunk, List<string> failures)
    {
        public void All()
        {
            if (trunk.Name is not { Length: > 0 and <= 128 })
                Fail("Name", trunk.Name, "have 1 to 128 characters");
            Hosts();
            Account();
            Times();
            Lists();
        }

        private void Hosts()
        {
            Host("Host", trunk.Host);
            foreach (var gateway in trunk.Gateways)
                Host("Gateways", gateway);
            if (trunk.OutboundProxy is { } proxy)
            {
                Host("OutboundProxy", proxy);
                if (trunk.Gateways.Count > 0)
                    Fail("OutboundProxy", proxy, "not stand together with Gateways, which the proxy would have to choose from");
            }
            if (trunk.Domain is { } domain && !(TrunkHost.TryParse(domain, out var parsed) && parsed.Port == 0))
                Fail("Domain", domain, "be a domain or an address without a port");
            if (trunk.Transport is { } transport && !Enum.IsDefined(transport))
                Fail("Transport", transport.ToString(), $"be one of {string.Join(", ", Enum.GetNames<SipTransportProtocol>())}");
            foreach (var address in trunk.Addresses.Where(address => !TrunkSources.TryParse(address, out _)))
                Fail("Addresses", address, "be an address or a network, as '192.0.2.7' or '192.0.2.0/24'");
        }

        private void Host(string option, string? host)
        {
            if (!TrunkHost.TryParse(host, out _))
                Fail(option, host, "be a name or an address, with or without a port, as 'sip.carrier.example', 'gw.example:5080' or '[2001:db8::7]:5060'");
        }

        private void Account()
        {
            foreach (var (option, value) in new[] { ("User", trunk.User), ("AuthName", trunk.AuthName) })
            {
                if (value is not null && (value.Length is 0 or > 128 || value.Any(static c => char.IsControl(c) || c is '"' or '\\')))
                    Fail(option, value, "have 1 to 128 characters, and no quotes, backslashes or line breaks");
            }
            if (trunk.Register && trunk.User is null)
                Fail("Register", "true", "have a User beside it");
            if (!string.IsNullOrEmpty(trunk.Password) && trunk.User is null && trunk.AuthName is null)
                failures.Add($"Sip: trunk '{trunk.Name}': a Password must have a User or an AuthName beside it.");
        }

        private void Times()
        {
            if (trunk.MaxRetryInterval < trunk.RetryInterval)
                Fail("MaxRetryInterval", trunk.MaxRetryInterval.ToString(), $"not be under RetryInterval {trunk.RetryInterval}");
            if (trunk.HealthInterval != TimeSpan.Zero && (trunk.HealthInterval < MinHealthInterval || trunk.HealthInterval > MaxHealthInterval))
                Fail("HealthInterval", trunk.HealthInterval.ToString(), $"be zero, or between {MinHealthInterval} and {MaxHealthInterval}");
        }

        private void Lists()
        {
            foreach (var codec in trunk.Codecs.Where(codec => AudioCodecs.Find(codec) is null))
                Fail("Codecs", codec, $"be one of {SipOptionsValidator.KnownCodecs}");
            foreach (var status in trunk.FailoverStatuses.Where(status => !FailoverStatuses.TryParse(status, out _, out _)))
                Fail("FailoverStatuses", status, "be '4xx', '5xx' or a status from 400 to 599 other than 401, 407, 486 and 487");
            if (trunk.AllowedCallerIds.Count > 0 && trunk.CallerId is null)
                Fail("AllowedCallerIds", trunk.AllowedCallerIds[0], "have a CallerId beside it, to be shown in place of all others");
            Numbers("CallerId", trunk.CallerId is { } shown ? [shown] : []);
            Numbers("AllowedCallerIds", trunk.AllowedCallerIds.Select(number => number is ['*'] ? "" : number.TrimEnd('*')));
            Rules("OutgoingNumberRules", trunk.OutgoingNumberRules);
            Rules("OutgoingCallerRules", trunk.OutgoingCallerRules);
            Rules("IncomingNumberRules", trunk.IncomingNumberRules);
            Rules("IncomingCallerRules", trunk.IncomingCallerRules);
        }

        private void Numbers(string option, IEnumerable<string> numbers)
        {
            foreach (var number in numbers.Where(number => number.Length is 0 or > 128 || number.Any(char.IsWhiteSpace) || number.Any(char.IsControl)))
                Fail(option, number, "have 1 to 128 characters and no spaces");
        }

        private void Rules(string option, IEnumerable<string> rules)
        {
            foreach (var rule in rules.Where(rule => !NumberRules.TryParse(rule, out _)))
                Fail(option, rule, "be a beginning and its replacement, as '+49=>0' or '=>9'");
        }

        private void Fail(string option, string? value, string must) => failures.Add($"Sip: trunk '{trunk.Name}': {option} '{value}' must {must}.");
    }
}

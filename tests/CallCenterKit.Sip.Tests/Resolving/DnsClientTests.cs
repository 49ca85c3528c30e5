using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Resolving;

public sealed class DnsClientTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Script _servers = new();
    private readonly SipDnsOptions _options = new() { UsesHostsFile = false };
    private readonly DnsClient _dns;

    public DnsClientTests()
    {
        _options.Servers.Add("192.0.2.53");
        _options.Servers.Add("192.0.2.54:5353");
        _dns = new(_options, _servers, new(_options, _time), null, _time, NullLogger.Instance);
    }

    private Task<DnsLookup> LookUpAsync(string name, DnsType type = DnsType.A) => _dns.LookUpAsync(name, type, default).AsTask();

    private static string Addresses(DnsLookup lookup) => lookup switch
    {
        DnsLookup.Found found => string.Join(",", found.Records.OfType<DnsRecord.Address>().Select(record => record.Value)),
        DnsLookup.Failed failed => failed.Why,
        _ => "nothing",
    };

    [Fact]
    public async Task Answer_is_kept_for_its_time_and_asked_again_afterwards()
    {
        _servers.Answer = query => DnsBytes.To(query).A("a.example", "192.0.2.1", ttl: 60).ToArray();

        await LookUpAsync("a.example");
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("192.0.2.1", Addresses(await LookUpAsync("a.example")));
        Assert.Single(_servers.Asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        await LookUpAsync("a.example");
        Assert.Equal(2, _servers.Asked.Count);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1_000_000, 3600)]
    public async Task Life_of_an_answer_has_bounds(int ttl, int seconds)
    {
        _servers.Answer = query => DnsBytes.To(query).A("a.example", "192.0.2.1", ttl).ToArray();

        await LookUpAsync("a.example");
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        await LookUpAsync("a.example");
        Assert.Single(_servers.Asked);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await LookUpAsync("a.example");
        Assert.Equal(2, _servers.Asked.Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Absence_is_kept_as_long_as_the_authority_says(int code)
    {
        _servers.Answer = query => DnsBytes.To(query, code).Authority("example", 900, 20).ToArray();

        Assert.Equal("nothing", Addresses(await LookUpAsync("a.example")));
        _time.Advance(TimeSpan.FromSeconds(19));
        await LookUpAsync("a.example");
        Assert.Single(_servers.Asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        await LookUpAsync("a.example");
        Assert.Equal(2, _servers.Asked.Count);
    }

    [Fact]
    public async Task Aliases_are_followed_within_an_answer_and_beyond_it()
    {
        _servers.Answer = query => query.Name switch
        {
            "a.example" => DnsBytes.To(query).Alias("a.example", "b.example").Alias("b.example", "c.example").ToArray(),
            _ => DnsBytes.To(query).A("c.example", "192.0.2.3").ToArray(),
        };

        Assert.Equal("192.0.2.3", Addresses(await LookUpAsync("a.example")));
        Assert.Equal(["a.example", "c.example"], _servers.Asked.Select(query => query.Name));
    }

    [Fact]
    public async Task Aliases_in_a_circle_end()
    {
        _servers.Answer = query => DnsBytes.To(query).Alias("a.example", "b.example").Alias("b.example", "a.example").ToArray();

        Assert.Contains("alias", Addresses(await LookUpAsync("a.example")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alias_to_nothing_is_nothing()
    {
        _servers.Answer = query => DnsBytes.To(query, code: 3).Alias("a.example", "b.example").Authority("example", 60, 60).ToArray();

        Assert.Equal("nothing", Addresses(await LookUpAsync("a.example")));
        Assert.Single(_servers.Asked);
    }

    [Fact]
    public async Task Silent_server_costs_its_time_once_then_the_other_comes_first()
    {
        _servers.Silent.Add("192.0.2.53:53");
        _servers.Answer = query => DnsBytes.To(query).A(query.Name, "192.0.2.1").ToArray();

        var slow = LookUpAsync("a.example");
        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["192.0.2.53:53"], _servers.Servers);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("192.0.2.1", Addresses(await slow));
        await LookUpAsync("b.example");
        Assert.Equal(["192.0.2.53:53", "192.0.2.54:5353", "192.0.2.54:5353"], _servers.Servers);
    }

    [Fact]
    public async Task Lookup_fails_with_a_reason_when_every_server_had_its_turns()
    {
        _servers.Answer = query => DnsBytes.To(query, code: 2).ToArray();

        Assert.Equal("192.0.2.54:5353 refused to answer for 'a.example' with code 2.", Addresses(await LookUpAsync("a.example")));
        Assert.Equal(4, _servers.Asked.Count);
    }

    [Fact]
    public async Task Unreadable_answer_and_a_broken_socket_are_failures_not_faults()
    {
        _servers.Answer = query => [.. DnsBytes.To(query).ToArray()[..^3], 0xC0];
        Assert.Contains("cannot be read", Addresses(await LookUpAsync("a.example")), StringComparison.Ordinal);

        _servers.Answer = _ => throw new SocketException((int)SocketError.NetworkUnreachable);
        Assert.Contains("could not be asked", Addresses(await LookUpAsync("b.example")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_answer_is_asked_for_over_tcp()
    {
        _servers.Answer = query => DnsBytes.To(query, truncated: true).ToArray();
        _servers.TcpAnswer = query => DnsBytes.To(query).A("a.example", "192.0.2.1").ToArray();

        Assert.Equal("192.0.2.1", Addresses(await LookUpAsync("a.example")));
    }

    [Fact]
    public async Task Old_answer_serves_while_nobody_answers()
    {
        _servers.Answer = query => DnsBytes.To(query).A("a.example", "192.0.2.1", ttl: 60).ToArray();
        await LookUpAsync("a.example");
        _servers.Answer = query => DnsBytes.To(query, code: 2).ToArray();

        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal("192.0.2.1", Addresses(await LookUpAsync("a.example")));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Contains("code 2", Addresses(await LookUpAsync("a.example")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_questions_share_one_flight_and_one_who_leaves_disturbs_nobody()
    {
        _servers.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var impatient = new CancellationTokenSource();
        var first = _dns.LookUpAsync("a.example", DnsType.A, impatient.Token).AsTask();
        var second = _dns.LookUpAsync("a.example", DnsType.A, default).AsTask();
        var other = _dns.LookUpAsync("a.example", DnsType.Aaaa, default).AsTask();
        Assert.Equal(2, _servers.Asked.Count);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _servers.Answer = query => DnsBytes.To(query).A("a.example", "192.0.2.1").ToArray();
        _servers.Held.SetResult();
        Assert.Equal("192.0.2.1", Addresses(await second));
        await other;
    }

    [Fact]
    public void Cache_forgets_what_it_learned_first()
    {
        var cache = new DnsCache(2);
        var answer = new DnsLookup.Nothing();
        foreach (var name in new[] { "a", "b", "a", "c" })
            cache.Put(name, DnsType.A, answer, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(9));

        Assert.Equal(2, cache.Count);
        Assert.Null(cache.Fresh("b", DnsType.A, TimeSpan.Zero));
        Assert.NotNull(cache.Fresh("a", DnsType.A, TimeSpan.Zero));
        Assert.NotNull(cache.Fresh("c", DnsType.A, TimeSpan.Zero));
    }

    [Fact]
    public void Hosts_file_names_addresses_of_both_families()
    {
        var names = HostsFile.Parse("# local\n127.0.0.1\tlocalhost\n::1 localhost ip6-localhost # six\n192.0.2.8 Carrier carrier.example\nnonsense\n");

        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names["localhost"]);
        Assert.Equal([IPAddress.Parse("192.0.2.8")], names["carrier"]);
        Assert.Equal([IPAddress.Parse("192.0.2.8")], names["carrier.example"]);
        Assert.Equal(4, names.Count);
    }

    [Fact]
    public async Task Machine_knows_localhost_without_a_server()
    {
        var dns = new DnsClient(_options, _servers, new(_options, _time), new(Path.Combine(Path.GetTempPath(), "no-such-hosts"), _time), _time, NullLogger.Instance);

        Assert.Equal("127.0.0.1", Addresses(await dns.LookUpAsync("localhost", DnsType.A, default)));
        Assert.Equal("::1", Addresses(await dns.LookUpAsync("localhost", DnsType.Aaaa, default)));
        Assert.Empty(_servers.Asked);
    }

    [Fact]
    public void Servers_are_read_from_resolv_conf() => Assert.Equal(
        [new(IPAddress.Parse("192.0.2.53"), 53), new(IPAddress.Parse("2001:db8::53"), 53)],
        DnsServers.Read("# by hand\nsearch example.com\nnameserver 192.0.2.53\nnameserver\t2001:db8::53 \nnameserver bad\noptions edns0\n"));

    private sealed class Script : IDnsExchange
    {
        internal Func<DnsQuery, byte[]> Answer { get; set; } = query => DnsBytes.To(query).ToArray();

        internal Func<DnsQuery, byte[]>? TcpAnswer { get; set; }

        internal HashSet<string> Silent { get; } = [];

        internal TaskCompletionSource? Held { get; set; }

        internal List<DnsQuery> Asked { get; } = [];

        internal List<string> Servers { get; } = [];

        public async Task<byte[]> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, CancellationToken cancellationToken)
        {
            Asked.Add(query);
            Servers.Add(server.ToString());
            if (Silent.Contains(server.ToString()))
            {
                // Goes on where the time is moved, so that the test need not wait.
                var silence = new TaskCompletionSource(TaskCreationOptions.None);
                await using var end = cancellationToken.Register(() => silence.SetCanceled(cancellationToken));
                await silence.Task;
            }
            if (Held is { } held)
                await held.Task;
            return overTcp ? TcpAnswer!(query) : Answer(query);
        }
    }
}

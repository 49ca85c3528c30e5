using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Tests.Resolving;
using CallCenterKit.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Loopback;

public sealed class DnsSocketsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // A server's time runs out when a test says so: how soon a busy machine lets one answer is not the question.
    private readonly VirtualTimeProvider _time = new();

    private DnsClient Client(SipDnsOptions options) => new(options, new DnsSockets(), new(options, _time), null, _time, NullLogger.Instance);

    private async Task<DnsLookup> LookUpAsync(SipDnsOptions options, string name = "sip.example", DnsType type = DnsType.A) =>
        await Client(options).LookUpAsync(name, type, default).AsTask().WaitAsync(Limit);

    private static SipDnsOptions Asking(params Server[] servers)
    {
        var options = new SipDnsOptions { Attempts = 1 };
        foreach (var server in servers)
            options.Servers.Add(server.EndPoint.ToString());
        return options;
    }

    private static string Address(DnsLookup lookup) => Assert.IsType<DnsRecord.Address>(Assert.Single(Assert.IsType<DnsLookup.Found>(lookup).Records)).Value.ToString();

    [Fact]
    public async Task Question_is_answered_over_udp()
    {
        using var server = new Server(query => [DnsBytes.To(query).A(query.Name, "192.0.2.1").ToArray()]);

        Assert.Equal("192.0.2.1", Address(await LookUpAsync(Asking(server))));
    }

    [Fact]
    public async Task Truncated_answer_is_fetched_over_tcp()
    {
        using var server = new Server(
            query => [DnsBytes.To(query, truncated: true).ToArray()],
            query => Enumerable.Range(1, 60).Aggregate(DnsBytes.To(query), (bytes, i) => bytes.A(query.Name, $"192.0.2.{i}")).ToArray());

        Assert.Equal(60, Assert.IsType<DnsLookup.Found>(await LookUpAsync(Asking(server))).Records.Count);
    }

    [Fact]
    public async Task Answer_with_a_wrong_number_is_passed_over_and_the_right_one_taken()
    {
        using var server = new Server(query =>
        [
            DnsBytes.To((ushort)(query.Id + 1), query.Name, query.Type).A(query.Name, "203.0.113.66").ToArray(),
            DnsBytes.To(query.Id, "other.example", query.Type).A("other.example", "203.0.113.66").ToArray(),
            [1, 2, 3],
            DnsBytes.To(query).A(query.Name, "192.0.2.1").ToArray(),
        ]);

        Assert.Equal("192.0.2.1", Address(await LookUpAsync(Asking(server))));
    }

    [Fact]
    public async Task Silent_and_failing_servers_give_way_to_the_next()
    {
        using var silent = new Server(_ => []);
        using var failing = new Server(query => [DnsBytes.To(query, code: 2).ToArray()]);
        using var good = new Server(query => [DnsBytes.To(query).A(query.Name, "192.0.2.1").ToArray()]);
        var options = Asking(silent, failing, good);

        var lookup = LookUpAsync(options);
        await silent.Asked.WaitAsync(Limit);
        _time.Advance(options.Timeout);

        Assert.Equal("192.0.2.1", Address(await lookup));
    }

    [Fact]
    public async Task Name_that_does_not_exist_is_nothing()
    {
        using var server = new Server(query => [DnsBytes.To(query, code: 3).Authority("example", 60, 60).ToArray()]);

        Assert.IsType<DnsLookup.Nothing>(await LookUpAsync(Asking(server)));
    }

    [Fact]
    public async Task Port_where_nobody_listens_fails_with_a_reason()
    {
        Server gone;
        using (gone = new Server(_ => []))
        {
        }

        Assert.Contains(gone.EndPoint.ToString(), Assert.IsType<DnsLookup.Failed>(await LookUpAsync(Asking(gone))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_way_from_a_domain_to_hops()
    {
        using var server = new Server(query => [(query.Name, query.Type) switch
        {
            ("carrier.example", DnsType.Naptr) => DnsBytes.To(query).Pointer("carrier.example", 10, 10, "SIP+D2U", "_sip._udp.carrier.example").ToArray(),
            ("_sip._udp.carrier.example", DnsType.Srv) => DnsBytes.To(query).Server(query.Name, 10, 0, 5062, "b.carrier.example").Server(query.Name, 5, 0, 5060, "a.carrier.example").ToArray(),
            ("a.carrier.example", DnsType.A) => DnsBytes.To(query).Alias(query.Name, "edge.example").A("edge.example", "192.0.2.1").ToArray(),
            ("b.carrier.example", DnsType.A) => DnsBytes.To(query).A(query.Name, "192.0.2.2").ToArray(),
            _ => DnsBytes.To(query).Authority("example", 60, 60).ToArray(),
        }]);
        var options = Asking(server);

        var found = Assert.IsType<SipResolution.Found>(await new SipResolver(Client(options), new(new Random(1))).ResolveAsync(new("carrier.example"), default).AsTask().WaitAsync(Limit));

        Assert.Equal(["Udp 192.0.2.1:5060", "Udp 192.0.2.2:5062"], found.Hops.Select(hop => hop.ToString()));
    }

    /// <summary>A name server on one port over UDP and TCP that says what its script says.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Socket _udp;
        private readonly TcpListener _tcp;
        private readonly Func<DnsQuery, byte[][]> _answers;
        private readonly Func<DnsQuery, byte[]>? _tcpAnswer;
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Server(Func<DnsQuery, byte[][]> answers, Func<DnsQuery, byte[]>? tcpAnswer = null)
        {
            _answers = answers;
            _tcpAnswer = tcpAnswer;
            (_udp, _tcp) = Bind();
            EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
            _ = ServeUdpAsync();
            _ = ServeTcpAsync();
        }

        internal IPEndPoint EndPoint { get; }

        /// <summary>Somebody has asked over UDP.</summary>
        internal Task Asked => _asked.Task;

        public void Dispose()
        {
            _udp.Dispose();
            _tcp.Dispose();
        }

        private static (Socket, TcpListener) Bind()
        {
            while (true)
            {
                var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                var tcp = new TcpListener((IPEndPoint)udp.LocalEndPoint!);
                try
                {
                    tcp.Start();
                    return (udp, tcp);
                }
                catch (SocketException)
                {
                    udp.Dispose(); // The port was free for UDP only.
                    tcp.Dispose();
                }
            }
        }

        private async Task ServeUdpAsync()
        {
            var buffer = new byte[512];
            try
            {
                while (true)
                {
                    var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));
                    _asked.TrySetResult();
                    foreach (var answer in _answers(Read(buffer.AsSpan(0, received.ReceivedBytes))))
                        await _udp.SendToAsync(answer, received.RemoteEndPoint);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Closed at the end of the test.
            }
        }

        private async Task ServeTcpAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _tcp.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    var length = new byte[2];
                    await stream.ReadExactlyAsync(length);
                    var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                    await stream.ReadExactlyAsync(question);
                    var answer = _tcpAnswer!(Read(question));
                    BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
                    await stream.WriteAsync(length);
                    await stream.WriteAsync(answer);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // Closed at the end of the test.
            }
        }

        // A question is an answer but for one bit.
        private static DnsQuery Read(ReadOnlySpan<byte> question)
        {
            byte[] bytes = [.. question];
            bytes[2] |= 0x80;
            Assert.Equal(DnsParseError.None, DnsMessage.Parse(bytes, out var message));
            return new(message.Id, message.Name, message.Type);
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Tests.Loopback;

public sealed class TlsSipTransportTests : IDisposable
{
    private const string Text = "OPTIONS sip:b@example.com SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly VirtualTimeProvider _time = new();
    private readonly TestAuthority _authority = new();
    private readonly RecordingSink _sink = new();
    private readonly RecordingSink _serverSink = new() { Echoes = true };
    private readonly RecordingLogger _logger = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        foreach (var one in _open) one.Dispose();
        _authority.Dispose();
    }

    private TlsSipTransport Open(SipTlsOptions options, ISipTransportSink? sink = null, TimeProvider? time = null)
    {
        var transport = new TlsSipTransport(
            new(IPAddress.Loopback, 0), new AdvertisedAddresses(new SipOptions(), TimeProvider.System), new() { Time = time ?? _time, Tls = options, Logger = _logger });
        _open.Add(transport);
        transport.Start(sink ?? _sink);
        return transport;
    }

    private TlsSipTransport OpenServer(params string[] names) => Open(new() { CertificateFile = _authority.Issue("server.pem", names) }, _serverSink);

    private TlsSipTransport OpenClient(Action<SipTlsOptions>? configure = null)
    {
        var options = new SipTlsOptions { TrustedCertificatesFile = _authority.RootFile };
        configure?.Invoke(options);
        return Open(options);
    }

    private static void Send(ISipTransport transport, IPEndPoint to) => Assert.True(transport.Send(System.Text.Encoding.ASCII.GetBytes(Text), to));

    [Fact]
    public async Task Messages_travel_both_ways_by_the_name_of_the_peer()
    {
        var server = OpenServer("sip.example.com");
        var client = OpenClient();
        var named = client.For("SIP.example.com");

        for (var i = 0; i < 20; i++) Send(named, server.LocalEndPoint);

        for (var i = 0; i < 20; i++)
        {
            var echo = await _sink.NextAsync();
            Assert.Equal(Text, echo.Text);
            Assert.Equal(named, echo.Transport);
            Assert.Equal(server.LocalEndPoint, echo.Source);
            Assert.Same(server, (await _serverSink.NextAsync()).Transport);
        }

        Assert.Equal(1, client.ConnectionCount);
        Assert.True(named.SendIfConnected("x"u8, server.LocalEndPoint));
        Assert.False(client.For("other.example.com").SendIfConnected("x"u8, server.LocalEndPoint));
        Assert.False(client.SendIfConnected("x"u8, server.LocalEndPoint));
    }

    [Fact]
    public void Parts_of_one_name_are_equal_and_describe_the_transport()
    {
        var client = OpenClient();
        var named = client.For("a.example.com");

        Assert.Equal(named, client.For("A.example.COM"));
        Assert.NotEqual(named, client.For("b.example.com"));
        Assert.Equal(named, named.For("b.example.com").For("a.example.com"));
        Assert.Equal((SipTransportProtocol.Tls, client.LocalEndPoint), (named.Protocol, named.LocalEndPoint));
        Assert.Equal(client.AdvertisedTo(IPAddress.Loopback), named.AdvertisedTo(IPAddress.Loopback));
        Assert.Throws<InvalidOperationException>(() => named.Start(_sink));
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData(null)] // the IP address, which the certificate does not name
    public async Task Peer_with_the_certificate_of_another_is_refused(string? name)
    {
        var server = OpenServer("sip.example.com");
        var client = OpenClient();
        var transport = name is null ? client : client.For(name);

        Send(transport, server.LocalEndPoint);

        var closed = await _sink.NextClosedAsync();
        Assert.Equal((transport, server.LocalEndPoint), (closed.Transport, closed.Peer));
        Assert.Contains(_logger.Lines, line => line.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Peer_is_verified_by_its_address_when_no_name_is_known()
    {
        var server = OpenServer("127.0.0.1");

        Send(OpenClient(), server.LocalEndPoint);

        Assert.Equal(Text, (await _sink.NextAsync()).Text);
    }

    [Fact]
    public async Task Unknown_authority_is_refused_unless_peers_are_not_verified()
    {
        var server = OpenServer("sip.example.com");

        Send(OpenClient(options => options.TrustedCertificatesFile = null).For("sip.example.com"), server.LocalEndPoint);
        Assert.Equal(server.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
        Send(OpenClient(options => (options.TrustedCertificatesFile, options.VerifyPeers) = (null, false)).For("whatever"), server.LocalEndPoint);

        Assert.Equal(Text, (await _sink.NextAsync()).Text);
    }

    [Fact]
    public async Task Client_certificates_are_demanded_where_they_are_required()
    {
        var server = Open(
            new() { CertificateFile = _authority.Issue("server.pem", "sip.example.com"), RequireClientCertificates = true, TrustedCertificatesFile = _authority.RootFile },
            _serverSink);

        Send(OpenClient().For("sip.example.com"), server.LocalEndPoint);
        Assert.Equal(server.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
        Send(OpenClient(options => options.CertificateFile = _authority.Issue("client.pem", "client.example.com")).For("sip.example.com"), server.LocalEndPoint);

        Assert.Equal(Text, (await _sink.NextAsync()).Text);
    }

    [Theory]
    [InlineData("key", false)]
    [InlineData("key", true)]
    [InlineData("pkcs12", false)]
    [InlineData("pkcs12", true)]
    public async Task Encrypted_keys_are_opened_by_a_password_that_is_never_logged(string kind, bool fromFile)
    {
        var options = new SipTlsOptions();
        if (kind == "key") (options.CertificateFile, options.KeyFile) = _authority.IssueEncrypted("sip.example.com", "hunter2");
        else options.CertificateFile = _authority.IssuePkcs12("sip.example.com", "hunter2");
        if (fromFile) File.WriteAllText(options.PasswordFile = _authority.PathOf("password"), "hunter2\n");
        else options.Password = "hunter2";
        var server = Open(options, _serverSink);

        Send(OpenClient().For("sip.example.com"), server.LocalEndPoint);

        Assert.Equal(Text, (await _sink.NextAsync()).Text);
        Assert.DoesNotContain(_logger.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Certificate_that_cannot_be_read_stops_the_start_and_names_its_file()
    {
        var missing = Assert.Throws<IOException>(() => Open(new() { CertificateFile = _authority.PathOf("missing.pem") }));
        var (certificate, key) = _authority.IssueEncrypted("sip.example.com", "hunter2");
        var wrong = Assert.Throws<IOException>(() => Open(new() { CertificateFile = certificate, KeyFile = key, Password = "hunter3" }));

        Assert.Contains("missing.pem", missing.Message, StringComparison.Ordinal);
        Assert.Contains("own.key", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_certificate_is_shown_from_the_next_handshake_on_and_a_broken_one_never()
    {
        var server = OpenServer("old.example.com");
        Assert.Equal("CN=old.example.com", await SubjectOfAsync(server));

        _authority.Issue("server.pem", "renewed.example.com");
        Assert.Equal("CN=renewed.example.com", await SubjectOfAsync(server));
        File.WriteAllText(_authority.PathOf("server.pem"), "no certificate at all");
        Assert.Equal("CN=renewed.example.com", await SubjectOfAsync(server));
        Assert.Equal("CN=renewed.example.com", await SubjectOfAsync(server));
        File.Delete(_authority.PathOf("server.pem"));
        Assert.Equal("CN=renewed.example.com", await SubjectOfAsync(server));

        Assert.Equal(2, _logger.Lines.Count(line => line.StartsWith("Error: Certificate file", StringComparison.Ordinal)));
        _authority.Issue("server.pem", "third.example.com");
        Assert.Equal("CN=third.example.com", await SubjectOfAsync(server));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Versions_1_2_and_1_3_are_spoken(SslProtocols version) =>
        Assert.Equal("CN=sip.example.com", await SubjectOfAsync(OpenServer("sip.example.com"), version));

    [Fact]
    public async Task Peer_that_speaks_no_tls_is_dropped()
    {
        var server = OpenServer("sip.example.com");
        using var peer = await StreamPeer.ConnectAsync(server.LocalEndPoint);
        peer.Write(Text);

        Assert.DoesNotContain("SIP/2.0", await peer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_that_is_not_answered_in_time_is_given_up()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = OpenClient();
        Send(client.For("sip.example.com"), (IPEndPoint)listener.LocalEndPoint!);
        using var accepted = await listener.AcceptAsync().WaitAsync(Limit);

        _time.Advance(TimeSpan.FromSeconds(5));

        var closed = await _sink.NextClosedAsync();
        Assert.Equal((client.For("sip.example.com"), (IPEndPoint)listener.LocalEndPoint!), (closed.Transport, closed.Peer));
    }

    private static async Task<string> SubjectOfAsync(TlsSipTransport server, SslProtocols version = SslProtocols.None)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.LocalEndPoint).WaitAsync(Limit);
        X509Certificate? shown = null;
        await using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) =>
        {
            shown = certificate;
            return certificate is not null;
        });
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "x", EnabledSslProtocols = version, AllowTlsResume = false }).WaitAsync(Limit);
        return shown!.Subject;
    }

    private sealed class RecordingLogger : ILogger
    {
        private readonly List<string> _lines = [];

        internal IReadOnlyList<string> Lines
        {
            get { lock (_lines) return [.. _lines]; }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}

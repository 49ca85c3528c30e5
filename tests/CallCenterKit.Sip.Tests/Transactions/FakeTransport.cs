using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>Keeps what is sent, with the time it was sent at.</summary>
internal sealed class FakeTransport(TimeProvider time, SipTransportProtocol protocol) : ISipTransport
{
    internal static readonly IPEndPoint Peer = new(IPAddress.Parse("192.0.2.1"), 5060);

    private ISipTransportSink? _sink;

    internal List<Sending> Sent { get; } = [];

    internal bool Fails { get; set; }

    /// <summary>False: only a new connection can carry what is sent.</summary>
    internal bool IsConnected { get; set; } = true;

    public SipTransportProtocol Protocol => protocol;

    public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Parse("192.0.2.99"), 5060);

    public SipTransportCounts Counts => new(7, 8, 9, 10);

    public void Start(ISipTransportSink sink) => _sink = sink;

    public bool Send(ReadOnlySpan<byte> message, IPEndPoint destination)
    {
        if (Fails) return false;
        Sent.Add(new Sending(time.GetElapsedTime(0), SipText.Decode(message), destination));
        return true;
    }

    public bool SendIfConnected(ReadOnlySpan<byte> message, IPEndPoint destination) => IsConnected && Send(message, destination);

    internal void Receive(string message, IPEndPoint? from = null) => Receive(Messages.Wire.Bytes(message), from);

    internal void Receive(byte[] message, IPEndPoint? from = null) => _sink!.OnReceived(this, message, from ?? Peer);

    /// <summary>Milliseconds at which messages with this start line were sent.</summary>
    internal IEnumerable<int> TimesOf(string startLine) =>
        Sent.Where(sending => sending.Text.StartsWith(startLine, StringComparison.Ordinal)).Select(sending => (int)sending.At.TotalMilliseconds);

    public void Dispose()
    {
    }

    internal sealed record Sending(TimeSpan At, string Text, IPEndPoint To)
    {
        internal string StartLine => Text[..Text.IndexOf('\r', StringComparison.Ordinal)];

        internal string Header(string name) =>
            Headers(name).First();

        internal IEnumerable<string> Headers(string name) =>
            Text.Split("\r\n").Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal)).Select(line => line[(name.Length + 2)..]);
    }
}

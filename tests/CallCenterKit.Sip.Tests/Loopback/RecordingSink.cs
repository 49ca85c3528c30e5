using System.Net;
using System.Text;
using System.Threading.Channels;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Loopback;

/// <summary>Lets a test wait for what a transport receives and loses.</summary>
internal sealed class RecordingSink : ISipTransportSink
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly Channel<Closed> _closed = Channel.CreateUnbounded<Closed>();
    private int _running;

    /// <summary>Sends each message back.</summary>
    internal bool Echoes { get; init; }

    /// <summary>Messages of one connection came at the same time.</summary>
    internal bool HasOverlap { get; private set; }

    public void OnReceived(ISipTransport transport, ReadOnlySpan<byte> datagram, IPEndPoint source)
    {
        if (Interlocked.Increment(ref _running) != 1) HasOverlap = true;
        if (Echoes) transport.Send(datagram, source);
        _received.Writer.TryWrite(new(transport, Encoding.Latin1.GetString(datagram), source));
        Interlocked.Decrement(ref _running);
    }

    public void OnClosed(ISipTransport transport, IPEndPoint peer) => _closed.Writer.TryWrite(new(transport, peer));

    internal Task<Received> NextAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    internal Task<Closed> NextClosedAsync() => _closed.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    internal sealed record Received(ISipTransport Transport, string Text, IPEndPoint Source);

    internal sealed record Closed(ISipTransport Transport, IPEndPoint Peer);
}

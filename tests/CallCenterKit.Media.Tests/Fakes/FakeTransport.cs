using System.Net;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>A port without a network: what arrives is put in, what is sent is kept.</summary>
internal sealed class FakeTransport(IPEndPoint local) : IRtpTransport
{
    private readonly Queue<(byte[] Datagram, SocketAddress From)> _arrived = new();

    public IPEndPoint LocalEndPoint { get; } = local;

    public List<(byte[] Datagram, IPEndPoint To)> Sent { get; } = [];

    /// <summary>Count only, so that a measurement of allocations sees the engine's alone.</summary>
    public bool ForgetSent { get; set; }

    public long SentCount { get; private set; }

    public bool IsDisposed { get; private set; }

    public void Arrive(byte[] datagram, SocketAddress from) => _arrived.Enqueue((datagram, from));

    public int Receive(Span<byte> buffer, SocketAddress from)
    {
        if (!_arrived.TryDequeue(out var next))
            return -1;
        next.Datagram.CopyTo(buffer);
        next.From.Buffer.Span[..next.From.Size].CopyTo(from.Buffer.Span);
        return next.Datagram.Length;
    }

    public int Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        SentCount++;
        if (!ForgetSent)
            Sent.Add((datagram.ToArray(), (IPEndPoint)new IPEndPoint(IPAddress.Any, 0).Create(to)));
        return datagram.Length;
    }

    public void Dispose() => IsDisposed = true;
}

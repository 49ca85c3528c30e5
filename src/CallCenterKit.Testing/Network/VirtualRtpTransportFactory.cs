using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Testing;

/// <summary>RTP and RTCP of the media engine under test over a <see cref="VirtualNetwork"/>.</summary>
/// <remarks>
/// For an engine with <see cref="MediaOptions.Threads"/> 0, which a <see cref="MediaStepper"/> steps. Its
/// <see cref="MediaOptions.BindAddress"/> must be an invented address, not the unspecified one.
/// </remarks>
/// <param name="network">Where ports are opened.</param>
public sealed class VirtualRtpTransportFactory(VirtualNetwork network) : IRtpTransportFactory
{
    /// <inheritdoc />
    public RtpTransportPair? Open(IPEndPoint rtp)
    {
        ArgumentNullException.ThrowIfNull(rtp);
        if (TryOpen(rtp) is not { } first)
            return null;
        if (TryOpen(new IPEndPoint(rtp.Address, rtp.Port + 1)) is { } second)
            return new RtpTransportPair(first, second);
        first.Dispose();
        return null;
    }

    private VirtualRtpTransport? TryOpen(IPEndPoint local)
    {
        try
        {
            return new VirtualRtpTransport(network, local);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private sealed class VirtualRtpTransport : IRtpTransport
    {
        private static readonly IPEndPoint AnyV4 = new(IPAddress.Any, 0);
        private static readonly IPEndPoint AnyV6 = new(IPAddress.IPv6Any, 0);

        private readonly ConcurrentQueue<(ReadOnlyMemory<byte> Datagram, IPEndPoint From)> _arrived = new();
        private readonly IDatagramEndpoint _endpoint;

        public VirtualRtpTransport(VirtualNetwork network, IPEndPoint local) =>
            _endpoint = network.Open(local, (datagram, from) => _arrived.Enqueue((datagram, from)));

        public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

        public int Receive(Span<byte> buffer, SocketAddress from)
        {
            if (!_arrived.TryDequeue(out var arrived))
                return -1;
            var sender = arrived.From.Serialize();
            sender.Buffer.Span[..sender.Size].CopyTo(from.Buffer.Span);
            from.Size = sender.Size;
            var count = Math.Min(buffer.Length, arrived.Datagram.Length);
            arrived.Datagram.Span[..count].CopyTo(buffer);
            return count;
        }

        public int Send(ReadOnlySpan<byte> datagram, SocketAddress to)
        {
            var any = to.Family == AddressFamily.InterNetworkV6 ? AnyV6 : AnyV4;
            _endpoint.Send(datagram, (IPEndPoint)any.Create(to));
            return datagram.Length;
        }

        public void Dispose() => _ = _endpoint.DisposeAsync().AsTask();     // of a virtual network: done when it returns
    }
}

using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Testing;

/// <summary>The network of this host: real UDP sockets.</summary>
public sealed class UdpNetwork : IDatagramNetwork
{
    /// <summary>It has no state of its own, so one is enough.</summary>
    public static UdpNetwork Instance { get; } = new();

    /// <inheritdoc />
    public IDatagramEndpoint Open(IPEndPoint local, DatagramHandler received)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(received);
        return new UdpEndpoint(local, received);
    }

    private sealed class UdpEndpoint : IDatagramEndpoint
    {
        private readonly Socket _socket;
        private readonly DatagramHandler _received;
        private readonly CancellationTokenSource _closing = new();
        private readonly Task _receiving;

        public UdpEndpoint(IPEndPoint local, DatagramHandler received)
        {
            _received = received;
            _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                _socket.Bind(local);
            }
            catch (SocketException)
            {
                _socket.Dispose();
                throw;
            }

            LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
            _receiving = ReceiveAsync();
        }

        public IPEndPoint LocalEndPoint { get; }

        public void Send(ReadOnlySpan<byte> datagram, IPEndPoint destination)
        {
            try
            {
                _socket.SendTo(datagram, SocketFlags.None, destination);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // A datagram that cannot be sent is a datagram lost.
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_closing.IsCancellationRequested)
                return;
            await _closing.CancelAsync().ConfigureAwait(false);
            _socket.Dispose();
            await _receiving.ConfigureAwait(false);
            _closing.Dispose();
        }

        private async Task ReceiveAsync()
        {
            var buffer = GC.AllocateUninitializedArray<byte>(65_536);
            var any = new IPEndPoint(LocalEndPoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
            while (!_closing.IsCancellationRequested)
            {
                try
                {
                    var result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _closing.Token).ConfigureAwait(false);
                    _received(buffer.AsSpan(0, result.ReceivedBytes).ToArray(), (IPEndPoint)result.RemoteEndPoint);
                }
                catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
                {
                    return;
                }
                catch (SocketException)
                {
                    // An ICMP error about an earlier datagram; the socket goes on.
                }
            }
        }
    }
}

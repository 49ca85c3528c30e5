using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Media.Engine;

/// <summary>UDP by managed calls only.</summary>
internal sealed class PortableUdpTransport(Socket socket) : IRtpTransport
{
    public IPEndPoint LocalEndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    public int Receive(Span<byte> buffer, SocketAddress from)
    {
        try
        {
            // Asking first is cheaper than the exception of an empty socket.
            return socket.Available == 0 ? -1 : socket.ReceiveFrom(buffer, SocketFlags.None, from);
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    public int Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        try
        {
            return socket.SendTo(datagram, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    public void Dispose() => socket.Dispose();
}

using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Media.Engine;

internal sealed class UdpRtpTransportFactory(bool linuxCalls) : IRtpTransportFactory
{
    public RtpTransportPair? Open(IPEndPoint rtp)
    {
        if (Bind(rtp) is not { } rtpSocket)
            return null;
        if (Bind(new IPEndPoint(rtp.Address, rtp.Port + 1)) is { } rtcpSocket)
            return new RtpTransportPair(Wrap(rtpSocket), Wrap(rtcpSocket));
        rtpSocket.Dispose();
        return null;
    }

    private static Socket? Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            IgnorePortUnreachable(socket);
            socket.Bind(local);
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    // Windows reports an ICMP "port unreachable" as an error of the next receive, which would lose a packet.
    private static void IgnorePortUnreachable(Socket socket)
    {
        const int SioUdpConnectionReset = -1744830452;
        if (OperatingSystem.IsWindows())
            socket.IOControl(SioUdpConnectionReset, [0, 0, 0, 0], null);
    }

    private IRtpTransport Wrap(Socket socket) => linuxCalls ? new LinuxUdpTransport(socket) : new PortableUdpTransport(socket);
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Engine;

/// <summary>Opens UDP sockets, marked for networks that put voice first.</summary>
internal sealed class UdpRtpTransportFactory(bool linuxCalls, int dscp, ILogger logger) : IRtpTransportFactory
{
    private bool _toldUnmarked;

    public RtpTransportPair? Open(IPEndPoint rtp)
    {
        if (Bind(rtp) is not { } rtpSocket)
            return null;
        if (Bind(new IPEndPoint(rtp.Address, rtp.Port + 1)) is { } rtcpSocket)
            return new RtpTransportPair(Wrap(rtpSocket), Wrap(rtcpSocket));
        rtpSocket.Dispose();
        return null;
    }

    private Socket? Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            IgnorePortUnreachable(socket);
            if (local.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(local);
            Mark(socket);
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    private void Mark(Socket socket)
    {
        if (SocketMark.Apply(socket, dscp) is not { } reason || Interlocked.Exchange(ref _toldUnmarked, true))
            return;
        MediaLog.NotMarked(logger, dscp, reason);
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

using System.Buffers.Binary;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>Options of sockets that not every operating system has; what it has not is left out.</summary>
internal static class SipSocketOptions
{
    private const int Ipv6Level = 41;
    private const int LinuxTrafficClass = 67;
    private const int TcpLevel = 6;
    private const int LinuxUserTimeout = 18;
    private const int WindowsMaxRetransmissionSeconds = 5;

    /// <summary>Marks the packets of the socket.</summary>
    /// <returns>False when the operating system refused it.</returns>
    internal static bool TrySetDscp(Socket socket, int dscp)
    {
        var trafficClass = dscp << 2;
        try
        {
            if (socket.AddressFamily == AddressFamily.InterNetwork)
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, trafficClass);
            else if (OperatingSystem.IsLinux())
                SetRaw(socket, Ipv6Level, LinuxTrafficClass, trafficClass);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Ends the connection when the peer acknowledges nothing for so long, whether we send or not.</summary>
    internal static void SetDeadPeerTimeout(Socket socket, TimeSpan timeout)
    {
        var seconds = Math.Max(2, (int)timeout.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds - (seconds / 2));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / 8));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
        // While something is unacknowledged there are no keep-alives but retransmissions, which would go on for a quarter of an hour.
        if (OperatingSystem.IsLinux()) SetRaw(socket, TcpLevel, LinuxUserTimeout, (int)timeout.TotalMilliseconds);
        else if (OperatingSystem.IsWindows()) SetRaw(socket, TcpLevel, WindowsMaxRetransmissionSeconds, seconds);
    }

    private static void SetRaw(Socket socket, int level, int name, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        if (BitConverter.IsLittleEndian) BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        else BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        socket.SetRawSocketOption(level, name, bytes);
    }
}

using System.Net.Sockets;

namespace CallCenterKit.Media.Engine;

/// <summary>Marks what a socket sends with a DSCP (RFC 2474 §3).</summary>
internal static class SocketMark
{
    private const int Ipv6Level = 41;                         // IPPROTO_IPV6
    private const int LinuxTrafficClass = 67;                 // IPV6_TCLASS of Linux
    private const int MacTrafficClass = 36;                   // IPV6_TCLASS of macOS and BSD

    /// <returns>Null if the socket took it, else what the system said.</returns>
    public static string? Apply(Socket socket, int dscp)
    {
        // The upper six bits of the byte; the other two are ECN's.
        var trafficClass = dscp << 2;
        try
        {
            if (socket.AddressFamily == AddressFamily.InterNetworkV6)
                MarkIpv6(socket, trafficClass);
            if (socket.AddressFamily == AddressFamily.InterNetwork || socket.DualMode)
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, trafficClass);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
    }

    // .NET has no name for it.
    private static void MarkIpv6(Socket socket, int trafficClass)
    {
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(Ipv6Level, LinuxTrafficClass, BitConverter.GetBytes(trafficClass));
        else if (OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
            socket.SetRawSocketOption(Ipv6Level, MacTrafficClass, BitConverter.GetBytes(trafficClass));
    }
}

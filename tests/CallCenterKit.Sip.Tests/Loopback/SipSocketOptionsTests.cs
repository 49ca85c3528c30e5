using System.Net.Sockets;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Loopback;

/// <summary>What the operating system says it has been told.</summary>
public class SipSocketOptionsTests
{
    [Theory]
    [InlineData(SocketType.Dgram, ProtocolType.Udp)]
    [InlineData(SocketType.Stream, ProtocolType.Tcp)]
    public void Packets_are_marked(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);

        Assert.True(SipSocketOptions.TrySetDscp(socket, 24));

        Assert.Equal(24 << 2, socket.GetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService));
    }

    [Fact]
    public void Packets_of_ipv6_are_marked_too()
    {
        if (!Socket.OSSupportsIPv6 || !OperatingSystem.IsLinux()) Assert.Skip("No IPv6 or no Linux here.");
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);

        Assert.True(SipSocketOptions.TrySetDscp(socket, 24));

        Assert.Equal(24 << 2, Raw(socket, 41, 67));
    }

    [Fact]
    public void Peer_that_acknowledges_nothing_is_noticed_in_time()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        SipSocketOptions.SetDeadPeerTimeout(socket, TimeSpan.FromSeconds(20));

        Assert.NotEqual(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        var seconds = Option(socket, SocketOptionName.TcpKeepAliveTime)
            + (Option(socket, SocketOptionName.TcpKeepAliveInterval) * Option(socket, SocketOptionName.TcpKeepAliveRetryCount));
        Assert.InRange(seconds, 10, 20);
        if (OperatingSystem.IsLinux()) Assert.Equal(20_000, Raw(socket, 6, 18));
    }

    private static int Option(Socket socket, SocketOptionName name) => (int)socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;

    private static int Raw(Socket socket, int level, int name)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(level, name, value);
        return BitConverter.ToInt32(value);
    }
}

using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Media.Engine;

/// <summary>UDP by plain system calls: one per packet, without the managed socket's bookkeeping around it.</summary>
internal sealed class LinuxUdpTransport : IRtpTransport, IFileDescriptorTransport
{
    private readonly Socket _socket;

    public LinuxUdpTransport(Socket socket)
    {
        _socket = socket;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        FileDescriptor = (int)socket.SafeHandle.DangerousGetHandle(); // stays valid: only the thread that uses it disposes the socket
    }

    public IPEndPoint LocalEndPoint { get; }

    public int FileDescriptor { get; }

    public unsafe int Receive(Span<byte> buffer, SocketAddress from)
    {
        var address = from.Buffer.Span;
        var addressLength = (uint)address.Length;
        fixed (byte* data = buffer)
        {
            fixed (byte* source = address)
                return (int)LinuxCalls.ReceiveFrom(FileDescriptor, data, (nuint)buffer.Length, LinuxCalls.DoNotWait, source, &addressLength);
        }
    }

    public unsafe int Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        var address = to.Buffer.Span[..to.Size];
        fixed (byte* data = datagram)
        {
            fixed (byte* target = address)
                return (int)LinuxCalls.SendTo(FileDescriptor, data, (nuint)datagram.Length, LinuxCalls.DoNotWait, target, (uint)address.Length);
        }
    }

    public void Dispose() => _socket.Dispose();
}

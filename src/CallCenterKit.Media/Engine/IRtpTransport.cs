using System.Net;

namespace CallCenterKit.Media.Engine;

/// <summary>Carries the datagrams of one port: UDP, a virtual network, later ICE and DTLS.</summary>
/// <remarks>Used by one thread at a time, the media thread of its leg; nothing in it blocks or throws.</remarks>
public interface IRtpTransport : IDisposable
{
    /// <summary>The bound address and port.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>Takes one datagram that has arrived.</summary>
    /// <param name="buffer">2,048 bytes; what does not fit is cut off.</param>
    /// <param name="from">Overwritten with the sender's address.</param>
    /// <returns>Bytes received; -1 if nothing has arrived.</returns>
    int Receive(Span<byte> buffer, SocketAddress from);

    /// <summary>Sends one datagram.</summary>
    /// <param name="datagram">The whole of it.</param>
    /// <param name="to">The receiver.</param>
    /// <returns>Bytes sent; -1 if it was lost on this side.</returns>
    int Send(ReadOnlySpan<byte> datagram, SocketAddress to);
}

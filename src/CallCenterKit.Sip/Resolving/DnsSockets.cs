using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CallCenterKit.Sip.Resolving;

/// <summary>Asks over UDP or TCP, with a socket of its own for each question, so that the port is as hard to guess as the number (RFC 5452 §9.2).</summary>
internal sealed class DnsSockets : IDnsExchange
{
    private const int MaxBytes = 65535, FirstPort = 1024, PortsTried = 8;

    public Task<byte[]> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, CancellationToken cancellationToken) =>
        overTcp ? AskTcpAsync(server, query, cancellationToken) : AskUdpAsync(server, query, cancellationToken);

    // Connected, so that the system lets through what comes from the server only, and reports a port where nobody listens.
    private static async Task<byte[]> AskUdpAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        BindAnywhere(socket);
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(query.Bytes, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaxBytes];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (query.IsAnsweredBy(buffer.AsSpan(0, length)))
                return buffer[..length];
        }
    }

    private static async Task<byte[]> AskTcpAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        using var stream = new NetworkStream(socket);
        // RFC 1035 §4.2.2: two bytes of length stand before each message; one write, or some servers take them for a whole one.
        var framed = new byte[2 + query.Bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Bytes.Length);
        query.Bytes.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        return query.IsAnsweredBy(answer) ? answer : throw new IOException($"{server} answered another question over TCP.");
    }

    private static void BindAnywhere(Socket socket)
    {
        var any = socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        for (var i = 0; i < PortsTried; i++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, RandomNumberGenerator.GetInt32(FirstPort, IPEndPoint.MaxPort + 1)));
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has that one.
            }
        }
        socket.Bind(new IPEndPoint(any, 0));
    }
}

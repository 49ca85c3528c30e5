using System.Net;

namespace CallCenterKit.Testing;

/// <summary>Takes a datagram that arrived.</summary>
/// <param name="datagram">The bytes; the handler may keep them.</param>
/// <param name="from">Who sent them.</param>
/// <remarks>One call at a time per endpoint, on a thread of the network: on a virtual network the one that advances time.</remarks>
public delegate void DatagramHandler(ReadOnlyMemory<byte> datagram, IPEndPoint from);

/// <summary>Where scripted phones open their ports: <see cref="VirtualNetwork"/> or <see cref="UdpNetwork"/>.</summary>
public interface IDatagramNetwork
{
    /// <summary>Opens a port.</summary>
    /// <param name="local">The address to bind; port 0 takes a free one.</param>
    /// <param name="received">Called for each datagram that arrives.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use or not of this host.</exception>
    IDatagramEndpoint Open(IPEndPoint local, DatagramHandler received);
}

/// <summary>One open port. Disposal closes it and is quiet about what was under way.</summary>
public interface IDatagramEndpoint : IAsyncDisposable
{
    /// <summary>The bound address and port.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>Sends a copy of the bytes, or loses them as a network does. Any thread, never waits.</summary>
    void Send(ReadOnlySpan<byte> datagram, IPEndPoint destination);
}

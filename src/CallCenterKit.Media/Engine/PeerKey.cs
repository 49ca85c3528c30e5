using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace CallCenterKit.Media.Engine;

/// <summary>Address and port of an IPv4 or IPv6 socket address, to be compared at once: each packet asks who sent it.</summary>
internal readonly record struct PeerKey(ulong High, ulong Low, ushort Port)
{
    private const int Ipv6Size = 28;                          // sockaddr_in6
    private const ulong Ipv4Mark = ulong.MaxValue;            // nobody sends from an IPv6 address that begins so

    // sockaddr_in: family, port, address; sockaddr_in6 has four bytes of flow label before the address, which may differ.
    // Its family would be asked of the system; its size tells as well.
    public static PeerKey Of(SocketAddress address)
    {
        var bytes = (ReadOnlySpan<byte>)address.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return address.Size >= Ipv6Size
            ? new PeerKey(MemoryMarshal.Read<ulong>(bytes[8..]), MemoryMarshal.Read<ulong>(bytes[16..]), port)
            : new PeerKey(Ipv4Mark, MemoryMarshal.Read<uint>(bytes[4..]), port);
    }

    /// <summary>The same address, whatever the port.</summary>
    public bool SharesAddress(PeerKey other) => High == other.High && Low == other.Low;
}

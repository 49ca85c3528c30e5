using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Media.Engine;

/// <summary>
/// Decides where a leg's packets go and from where they are taken. Many parties sit behind a NAT and name an address in
/// SDP that cannot be reached: the address their first packets come from is used instead, and from then on no other.
/// </summary>
internal sealed class RemoteLatch
{
    // A stray packet shall not take a call over: a stranger must come twice in a row, the address of the SDP once.
    private const int StrangerPackets = 2;

    private SocketAddress? _signalled;
    private SocketAddress? _candidate;
    private int _candidatePackets;

    /// <summary>Where to send; null until SDP told.</summary>
    public SocketAddress? Target { get; private set; }

    public bool IsLatched { get; private set; }

    /// <summary>Takes the address from SDP; latching begins anew if it is another than before.</summary>
    public void Expect(IPEndPoint remote)
    {
        var signalled = remote.Serialize();
        if (_signalled is not null && Same(_signalled, signalled))
            return;
        _signalled = signalled;
        Target = Copy(signalled);
        _candidate = new SocketAddress(remote.AddressFamily);
        _candidatePackets = 0;
        IsLatched = false;
    }

    /// <summary>Whether <see cref="Accept"/> is certain to say no.</summary>
    public bool IsStranger(SocketAddress from) => IsLatched && !Same(from, Target!);

    /// <summary>Whether a packet from there belongs to the leg. Ask only for packets that look like the party's: the answer is remembered.</summary>
    public bool Accept(SocketAddress from)
    {
        if (Target is null || _candidate is null)
            return false;
        if (IsLatched)
            return Same(from, Target);
        if (Same(from, _signalled!))
        {
            Latch(from);
            return true;
        }

        if (!Same(from, _candidate) || _candidatePackets == 0)
        {
            from.Buffer.Span[..from.Size].CopyTo(_candidate.Buffer.Span);
            _candidatePackets = 0;
        }

        if (++_candidatePackets >= StrangerPackets)
            Latch(from);
        return true;
    }

    /// <summary>Whether the address is the target's, whatever the port.</summary>
    public bool SharesAddress(SocketAddress from) =>
        Target is not null && from.Size == Target.Size && SameBytes(AddressOf(from), AddressOf(Target));

    private static bool Same(SocketAddress a, SocketAddress b) =>
        a.Size == b.Size && PortOf(a).SequenceEqual(PortOf(b)) && SameBytes(AddressOf(a), AddressOf(b));

    private static bool SameBytes(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceEqual(b);

    // sockaddr_in: family, port, address; sockaddr_in6 has four bytes of flow label before the address, which may differ.
    private static ReadOnlySpan<byte> PortOf(SocketAddress address) => address.Buffer.Span[2..4];

    private static ReadOnlySpan<byte> AddressOf(SocketAddress address) =>
        address.Family == AddressFamily.InterNetworkV6 ? address.Buffer.Span[8..24] : address.Buffer.Span[4..8];

    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }

    private void Latch(SocketAddress from)
    {
        from.Buffer.Span[..from.Size].CopyTo(Target!.Buffer.Span);
        IsLatched = true;
    }
}

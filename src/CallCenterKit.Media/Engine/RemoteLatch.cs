using System.Net;

namespace CallCenterKit.Media.Engine;

/// <summary>
/// Decides where a leg's packets go and from where they are taken. Many parties sit behind a NAT and name an address in
/// SDP that cannot be reached: the address their first packets come from is used instead, and from then on no other.
/// </summary>
/// <remarks>
/// Who is quicker than the party can be taken for it, so the address of the SDP is believed over any other for the first
/// seconds; afterwards nothing but a new address in SDP changes anything.
/// </remarks>
internal sealed class RemoteLatch
{
    /// <summary>How long the address of the SDP goes before one that only sent packets.</summary>
    public static readonly TimeSpan Learning = TimeSpan.FromSeconds(2);

    // A stray packet shall not take a call over: a stranger must come twice, the address of the SDP once.
    private SocketAddress? _signalled;
    private SocketAddress? _candidate;
    private SocketAddress? _rival;
    private SocketAddress? _former;
    private bool _hasCandidate;
    private bool _hasRival;
    private long _learnsUntil;
    private PeerKey _target;                                  // of Target

    /// <summary>Where to send; null until SDP told.</summary>
    public SocketAddress? Target { get; private set; }

    public bool IsLatched { get; private set; }

    /// <summary>Takes the address from SDP; latching begins anew if it is another than before.</summary>
    /// <param name="remote">The any-address, hold the old way (RFC 3264 §8.4), changes nothing: nobody can be there.</param>
    /// <param name="now">Ticks of the media clock.</param>
    public void Expect(IPEndPoint remote, long now)
    {
        var signalled = remote.Serialize();
        if (IsAny(remote.Address) || (_signalled is not null && Same(_signalled, signalled)))
            return;
        // The party that leaves goes on sending for a while: it is not the one that shall come.
        _former = IsLatched ? Target : null;
        _signalled = signalled;
        Target = Copy(signalled);
        _target = PeerKey.Of(signalled);
        (_candidate, _rival) = (Copy(signalled), Copy(signalled));
        (_hasCandidate, _hasRival, IsLatched) = (false, false, false);
        _learnsUntil = now + Learning.Ticks;
    }

    /// <summary>Whether <see cref="Accept"/> is certain to say no.</summary>
    public bool IsStranger(SocketAddress from, long now) =>
        IsLatched && PeerKey.Of(from) != _target && (now >= _learnsUntil || !Same(from, _signalled!));

    /// <summary>Whether a packet from there belongs to the leg. Ask only for packets that look like the party's: the answer is remembered.</summary>
    public bool Accept(SocketAddress from, long now)
    {
        if (IsLatched && PeerKey.Of(from) == _target)
            return true;
        if (Target is null)
            return false;
        if (Same(from, _signalled!) && (!IsLatched || now < _learnsUntil))
        {
            Latch(from, now);
            return true;
        }

        return !IsLatched && !IsFormer(from, now) && Weigh(from, now);
    }

    // The first to come is the likely one; another has to come twice with nothing of the first in between.
    private bool Weigh(SocketAddress from, long now)
    {
        if (!_hasCandidate)
        {
            _hasCandidate = true;
            CopyTo(from, _candidate!);
            return true;
        }

        if (Same(from, _candidate!) || (_hasRival && Same(from, _rival!)))
        {
            Latch(from, now);
            return true;
        }

        _hasRival = true;
        CopyTo(from, _rival!);
        return false;
    }

    private bool IsFormer(SocketAddress from, long now) => now < _learnsUntil && _former is not null && Same(from, _former);

    /// <summary>Whether the address is the target's, whatever the port.</summary>
    public bool SharesAddress(SocketAddress from) => Target is not null && PeerKey.Of(from).SharesAddress(_target);

    public static bool SharesAddress(SocketAddress a, SocketAddress b) => PeerKey.Of(a).SharesAddress(PeerKey.Of(b));

    public static bool Same(SocketAddress a, SocketAddress b) => PeerKey.Of(a) == PeerKey.Of(b);

    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        CopyTo(address, copy);
        return copy;
    }

    public static void CopyTo(SocketAddress from, SocketAddress to) => from.Buffer.Span[..from.Size].CopyTo(to.Buffer.Span);

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || (address.IsIPv4MappedToIPv6 && address.MapToIPv4().Equals(IPAddress.Any));

    private void Latch(SocketAddress from, long now)
    {
        if (!IsLatched)
            _learnsUntil = now + Learning.Ticks;
        CopyTo(from, Target!);
        _target = PeerKey.Of(from);
        IsLatched = true;
    }
}

using System.Net;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Engine;

/// <summary>Exchanges reports with the remote side (RFC 3550 §6).</summary>
/// <param name="counters">Of the leg.</param>
/// <param name="canonicalName">Of the leg's stream; drawn, so that no other participant has the same (RFC 7022 §4.2).</param>
internal sealed class RtcpReporter(LegCounters counters, byte[] canonicalName)
{
    private static readonly TimeSpan RemoteLossCounts = TimeSpan.FromSeconds(15);

    private readonly byte[] _datagram = new byte[160];
    private IPEndPoint? _signalled;
    private SocketAddress? _remote;
    private bool _isLatched;
    private SrtpSession? _srtp;
    private long _roundTripTicks;
    private long _remoteLossAt;
    private uint _sentAtReport;
    private uint _sentAtReportBefore;

    public TimeSpan RoundTrip => TimeSpan.FromTicks(Volatile.Read(ref _roundTripTicks));

    /// <summary>0 to 1, by the remote side's last report.</summary>
    public double RemoteLoss { get; private set; }

    /// <summary>Takes the address from SDP.</summary>
    /// <param name="remote">Of a family the socket can send to.</param>
    /// <param name="srtp">Encrypts what is sent; null for a plain leg.</param>
    /// <remarks>The same address as before keeps where reports really come from.</remarks>
    public void Expect(IPEndPoint remote, SrtpSession? srtp)
    {
        _srtp = srtp;
        if (remote.Equals(_signalled))
            return;
        (_signalled, _remote, _isLatched) = (remote, remote.Serialize(), false);
    }

    /// <summary>What the remote side lost lately of ours, 0 to 1; 0 when it has not told for a while.</summary>
    public double RecentRemoteLoss(long now) => now - _remoteLossAt > RemoteLossCounts.Ticks ? 0 : RemoteLoss;

    /// <summary>Takes a report.</summary>
    /// <param name="datagram">Readable and authentic.</param>
    /// <param name="from">Its sender.</param>
    /// <param name="latch">Of the leg.</param>
    /// <param name="sender">Null before the first agreement.</param>
    /// <param name="now">When it came.</param>
    public void OnReceived(ReadOnlySpan<byte> datagram, SocketAddress from, RemoteLatch latch, RtpSender? sender, long now)
    {
        if (_remote is null || sender is null || !IsFromParty(from, latch))
            return;
        var reader = new RtcpReader(datagram);
        while (reader.TryRead(out var packet))
            OnPacket(packet, sender, now);
    }

    // Symmetric as RTP: reports go where reports come from, to one port of the address that RTP comes from and then to no other.
    private bool IsFromParty(SocketAddress from, RemoteLatch latch)
    {
        if (!latch.SharesAddress(from))
            return false;
        if (_isLatched && RemoteLatch.SharesAddress(_remote!, from))
            return RemoteLatch.Same(_remote!, from);
        RemoteLatch.CopyTo(from, _remote!);
        _isLatched = latch.IsLatched;
        return true;
    }

    public void SendReport(RtpTransportPair transports, NegotiatedMedia media, RtpSender sender, RemoteLatch latch, long now)
    {
        var writer = new RtcpWriter(_datagram);
        if (WriteReport(ref writer, sender, now))
            Send(transports, media, latch, writer.Length);
    }

    public void SendBye(RtpTransportPair transports, NegotiatedMedia media, RtpSender sender, RemoteLatch latch, long now)
    {
        var writer = new RtcpWriter(_datagram);
        if (WriteReport(ref writer, sender, now) && writer.TryWriteGoodbye(sender.Ssrc))
            Send(transports, media, latch, writer.Length);
    }

    private bool WriteReport(ref RtcpWriter writer, RtpSender sender, long now)
    {
        Span<RtcpReportBlock> blocks = stackalloc RtcpReportBlock[1];
        var count = counters.Reception?.TryReport(TimeSpan.FromTicks(now), out blocks[0]) == true ? 1 : 0;
        var wall = NtpTimestamp.From(new DateTimeOffset(now, TimeSpan.Zero));
        var info = new RtcpSenderInfo(wall, sender.TimestampAt(now), sender.PacketCount, sender.OctetCount);
        // A sender is who sent something since the report before the last (RFC 3550 §6.4).
        var isSender = sender.PacketCount != _sentAtReportBefore;
        (_sentAtReportBefore, _sentAtReport) = (_sentAtReport, sender.PacketCount);
        var written = isSender
            ? writer.TryWriteSenderReport(sender.Ssrc, info, blocks[..count])
            : writer.TryWriteReceiverReport(sender.Ssrc, blocks[..count]);
        return written && writer.TryWriteSourceDescription(sender.Ssrc, canonicalName);
    }

    private void Send(RtpTransportPair transports, NegotiatedMedia media, RemoteLatch latch, int length)
    {
        var datagram = _datagram.AsSpan(0, _srtp?.Sender.ProtectRtcp(_datagram, length) ?? length);
        if (media.RtcpMux && latch.Target is { } target)
            transports.Rtp.Send(datagram, target);
        else if (_remote is { } remote && media.RemoteRtcp.Port != 0)
            transports.Rtcp.Send(datagram, remote);
    }

    private void OnPacket(in RtcpPacket packet, RtpSender sender, long now)
    {
        if (packet.TryReadSenderInfo(out var info) && packet.TryReadSource(out var source) && source == counters.Reception?.Ssrc)
            counters.Reception.ReceiveSenderReport(info, TimeSpan.FromTicks(now));
        for (var i = 0; packet.TryReadReportBlock(i, out var block); i++)
        {
            if (block.Ssrc == sender.Ssrc)
                OnBlock(block, now);
        }
    }

    private void OnBlock(in RtcpReportBlock block, long now)
    {
        RemoteLoss = block.FractionLost / 256.0;
        _remoteLossAt = now;
        if (block.RoundTrip(NtpTimestamp.From(new DateTimeOffset(now, TimeSpan.Zero))) is { } roundTrip)
            Volatile.Write(ref _roundTripTicks, roundTrip.Ticks);
    }
}

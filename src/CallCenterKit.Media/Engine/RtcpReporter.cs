using System.Net;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Engine;

/// <summary>Exchanges reports with the remote side (RFC 3550 §6).</summary>
internal sealed class RtcpReporter(LegCounters counters)
{
    private readonly byte[] _datagram = new byte[160];
    private SocketAddress? _remote;
    private SrtpSession? _srtp;
    private long _roundTripTicks;

    public TimeSpan RoundTrip => TimeSpan.FromTicks(Volatile.Read(ref _roundTripTicks));

    /// <summary>0 to 1, by the remote side's last report.</summary>
    public double RemoteLoss { get; private set; }

    /// <summary>Takes the address from SDP.</summary>
    /// <param name="remote">Of a family the socket can send to.</param>
    /// <param name="srtp">Encrypts what is sent; null for a plain leg.</param>
    public void Expect(IPEndPoint remote, SrtpSession? srtp) => (_remote, _srtp) = (remote.Serialize(), srtp);

    /// <summary>Takes a report.</summary>
    /// <param name="datagram">Readable and authentic.</param>
    /// <param name="from">Its sender.</param>
    /// <param name="latch">Of the leg.</param>
    /// <param name="sender">Null before the first agreement.</param>
    /// <param name="now">When it came.</param>
    public void OnReceived(ReadOnlySpan<byte> datagram, SocketAddress from, RemoteLatch latch, RtpSender? sender, long now)
    {
        if (_remote is null || sender is null || !latch.SharesAddress(from))
            return;
        from.Buffer.Span[..from.Size].CopyTo(_remote.Buffer.Span); // symmetric as RTP: reports go where reports come from
        var reader = new RtcpReader(datagram);
        while (reader.TryRead(out var packet))
            OnPacket(packet, sender, now);
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
        var written = sender.PacketCount > 0
            ? writer.TryWriteSenderReport(sender.Ssrc, info, blocks[..count])
            : writer.TryWriteReceiverReport(sender.Ssrc, blocks[..count]);
        return written && writer.TryWriteSourceDescription(sender.Ssrc, "callcenterkit"u8);
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
        if (block.RoundTrip(NtpTimestamp.From(new DateTimeOffset(now, TimeSpan.Zero))) is { } roundTrip)
            Volatile.Write(ref _roundTripTicks, roundTrip.Ticks);
    }
}

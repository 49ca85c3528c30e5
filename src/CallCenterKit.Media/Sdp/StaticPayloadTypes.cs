namespace CallCenterKit.Media.Sdp;

/// <summary>Audio formats whose number needs no <c>rtpmap</c> (RFC 3551 §6, table 4).</summary>
internal static class StaticPayloadTypes
{
    private static readonly RtpMap?[] Formats = Build(
        new(0, "PCMU", 8000),
        new(3, "GSM", 8000),
        new(4, "G723", 8000),
        new(5, "DVI4", 8000),
        new(6, "DVI4", 16000),
        new(7, "LPC", 8000),
        new(8, "PCMA", 8000),
        new(9, "G722", 8000),
        new(10, "L16", 44100, Channels: 2),
        new(11, "L16", 44100),
        new(12, "QCELP", 8000),
        new(13, "CN", 8000),
        new(14, "MPA", 90000),
        new(15, "G728", 8000),
        new(16, "DVI4", 11025),
        new(17, "DVI4", 22050),
        new(18, "G729", 8000));

    public static RtpMap? Find(int payloadType) =>
        (uint)payloadType < (uint)Formats.Length ? Formats[payloadType] : null;

    private static RtpMap?[] Build(params ReadOnlySpan<RtpMap> formats)
    {
        var table = new RtpMap?[19];
        foreach (var format in formats)
            table[format.PayloadType] = format;
        return table;
    }
}

using System.Net;

namespace CallCenterKit.Media.Sdp;

/// <summary>Reads a description line by line (RFC 8866 §9), strict only where a mistake would change the meaning.</summary>
internal sealed class SdpReader
{
    private const int MaxStreams = 32;
    private const int MaxAttributes = 512;

    private readonly List<MediaDescriptionBuilder> _streams = [];
    private readonly List<SdpAttribute> _attributes = [];
    private SdpOrigin? _origin;
    private string _name = "-";
    private IPAddress? _address;
    private MediaDirection _direction = MediaDirection.SendReceive;
    private int? _packetMilliseconds;
    private int _attributeCount;

    private SdpReader()
    {
    }

    public static SdpError Read(ReadOnlySpan<byte> text, out SessionDescription? description)
    {
        description = null;
        if (text.Length > SessionDescription.MaxBytes)
            return SdpError.TooLarge;
        if (!SdpText.NextLine(ref text).SequenceEqual("v=0"u8))
            return SdpError.BadVersion;

        var reader = new SdpReader();
        while (!text.IsEmpty)
        {
            var error = reader.ReadLine(SdpText.NextLine(ref text));
            if (error != SdpError.None)
                return error;
        }

        return reader.Finish(out description);
    }

    private SdpError ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return SdpError.None;
        if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter((char)line[0]))
            return SdpError.BadLine;

        var value = line[2..];
        return line[0] switch
        {
            (byte)'o' => ReadOrigin(value),
            (byte)'s' => ReadName(value),
            (byte)'c' => ReadConnection(value),
            (byte)'m' => ReadMedia(value),
            (byte)'a' => ReadAttribute(value),
            _ => SdpError.None,
        };
    }

    // o=<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address> (RFC 8866 §5.2)
    private SdpError ReadOrigin(ReadOnlySpan<byte> value)
    {
        var username = SdpText.NextWord(ref value);
        var id = SdpText.NextWord(ref value);
        var version = SdpText.NextWord(ref value);
        SdpText.NextWord(ref value);
        SdpText.NextWord(ref value);
        var address = SdpText.NextWord(ref value);
        if (address.IsEmpty || !SdpText.IsDigits(id) || !SdpText.IsDigits(version))
            return SdpError.BadOrigin;

        _origin ??= new SdpOrigin(
            SdpText.String(username), SdpText.String(id), SdpText.String(version), SdpText.String(address));
        return SdpError.None;
    }

    private SdpError ReadName(ReadOnlySpan<byte> value)
    {
        _name = value.IsEmpty ? "-" : SdpText.String(value);
        return SdpError.None;
    }

    private SdpError ReadConnection(ReadOnlySpan<byte> value)
    {
        if (!SdpText.TryAddress(value, out var address))
            return SdpError.BadConnection;
        if (_streams is [.., var stream])
            stream.SetConnection(address);
        else
            _address = address;
        return SdpError.None;
    }

    private SdpError ReadMedia(ReadOnlySpan<byte> value)
    {
        if (_streams.Count == MaxStreams)
            return SdpError.TooLarge;
        var error = MediaDescriptionBuilder.TryStart(value, out var stream);
        if (stream is not null)
            _streams.Add(stream);
        return error;
    }

    private SdpError ReadAttribute(ReadOnlySpan<byte> attribute)
    {
        if (++_attributeCount > MaxAttributes)
            return SdpError.TooLarge;

        var hasValue = SdpText.TrySplit(attribute, (byte)':', out var name, out var value);
        if (_streams is [.., var stream])
            stream.ReadAttribute(name, value, hasValue);
        else if (SdpDirection.TryRead(name, out var direction))
            _direction = direction;
        else if (name.SequenceEqual("ptime"u8))
            _packetMilliseconds = SdpText.TryNumber(value, MediaDescriptionBuilder.MaxPacketTime, out var ptime) ? ptime : null;
        else if (!name.SequenceEqual("crypto"u8))             // has no meaning for a session (RFC 4568 §9.1), and a key is not kept
            _attributes.Add(new SdpAttribute(SdpText.String(name), hasValue ? SdpText.String(value) : null));
        return SdpError.None;
    }

    private SdpError Finish(out SessionDescription? description)
    {
        description = null;
        if (_origin is null)
            return SdpError.BadOrigin;

        var media = new MediaDescription[_streams.Count];
        for (var i = 0; i < media.Length; i++)
            media[i] = _streams[i].Build(_address, _direction, _packetMilliseconds);
        description = new SessionDescription { Origin = _origin, Name = _name, Media = media, Attributes = _attributes };
        return SdpError.None;
    }
}

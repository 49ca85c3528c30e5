using System.Globalization;
using System.Net;
using System.Text;
using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Testing;

/// <summary>What an SDP body says about its first audio stream.</summary>
internal sealed record PhoneSdp(
    IPEndPoint Rtp, IReadOnlyList<int> PayloadTypes, int? TelephoneEvent, string Direction, string Protocol = PhoneSdp.Plain, PhoneKey? Key = null)
{
    public const string Plain = "RTP/AVP", Secure = "RTP/SAVP";
    public const string ContentType = "application/sdp";
    public const int OwnTelephoneEvent = 101;

    public bool Sends => Direction is "sendrecv" or "sendonly";

    public bool Receives => Direction is "sendrecv" or "recvonly" && !Rtp.Address.Equals(IPAddress.Any);

    /// <summary>The format a phone knows under a number; null: none.</summary>
    public static AudioCodec? FormatOf(int payloadType) => payloadType switch
    {
        0 => AudioCodecs.Pcmu,
        8 => AudioCodecs.Pcma,
        9 => AudioCodecs.G722,
        _ => null,
    };

    /// <summary>Null when there is no usable audio stream.</summary>
    public static PhoneSdp? Parse(string body)
    {
        string? sessionAddress = null, address = null, sessionDirection = null, direction = null;
        string[]? media = null;
        int? telephoneEvent = null;
        PhoneKey? key = null;
        foreach (var line in body.Split('\n').Select(line => line.Trim()))
        {
            var inAudio = media is not null;
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                if (inAudio)
                    break;
                if (line.StartsWith("m=audio ", StringComparison.Ordinal))
                    media = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            }
            else if (line.StartsWith("c=IN ", StringComparison.Ordinal))
            {
                var value = line.Split(' ')[^1];
                _ = inAudio ? address = value : sessionAddress = value;
            }
            else if (line is "a=sendrecv" or "a=sendonly" or "a=recvonly" or "a=inactive")
            {
                _ = inAudio ? direction = line[2..] : sessionDirection = line[2..];
            }
            else if (inAudio && line.StartsWith("a=crypto:", StringComparison.Ordinal))
            {
                key ??= PhoneKey.Parse(line);
            }
            else if (inAudio && line.StartsWith("a=rtpmap:", StringComparison.Ordinal) && line.Contains("telephone-event/8000", StringComparison.OrdinalIgnoreCase)
                && byte.TryParse(line["a=rtpmap:".Length..].Split(' ')[0], CultureInfo.InvariantCulture, out var number))
            {
                telephoneEvent = number;
            }
        }

        if (media is not { Length: > 3 } || !IPAddress.TryParse(address ?? sessionAddress, out var ip) || !ushort.TryParse(media[1], CultureInfo.InvariantCulture, out var port) || port == 0)
            return null;
        var payloadTypes = media.Skip(3).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var type) ? type : -1).ToList();
        return new PhoneSdp(new IPEndPoint(ip, port), payloadTypes, telephoneEvent, direction ?? sessionDirection ?? "sendrecv", media[2], key);
    }

    public string Write(string user, long version)
    {
        var family = Rtp.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        var text = new StringBuilder();
        var types = TelephoneEvent is { } number ? PayloadTypes.Append(number) : PayloadTypes;
        text.Append(CultureInfo.InvariantCulture, $"v=0\r\no={user} 1 {version} IN {family} {Rtp.Address}\r\ns=-\r\nc=IN {family} {Rtp.Address}\r\nt=0 0\r\n");
        text.Append(CultureInfo.InvariantCulture, $"m=audio {Rtp.Port} {Protocol} {string.Join(' ', types)}\r\n");
        foreach (var type in PayloadTypes)
            text.Append(CultureInfo.InvariantCulture, $"a=rtpmap:{type} {FormatOf(type)}\r\n");
        text.Append(Key?.Write());
        if (TelephoneEvent is { } events)
            text.Append(CultureInfo.InvariantCulture, $"a=rtpmap:{events} telephone-event/8000\r\na=fmtp:{events} 0-16\r\n");
        return text.Append(CultureInfo.InvariantCulture, $"a=ptime:20\r\na={Direction}\r\n").ToString();
    }
}

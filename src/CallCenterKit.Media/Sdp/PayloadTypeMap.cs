using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Sdp;

/// <summary>The numbers our side gives to formats; once given, a number keeps its meaning for the session (RFC 3264 §8.3.2).</summary>
internal sealed class PayloadTypeMap
{
    private const int FirstDynamic = 96;
    private const int UsualTelephoneEvent = 101;

    private readonly Dictionary<(string Name, int ClockRateHz), int> _numbers = [];
    private readonly HashSet<int> _used = [];

    public int For(AudioCodec codec) =>
        codec.StaticPayloadType ?? Number((codec.Name.ToUpperInvariant(), codec.RtpClockRateHz), FirstDynamic);

    public int ForTelephoneEvent(int clockRateHz) => Number((TelephoneEventFormat.Name, clockRateHz), UsualTelephoneEvent);

    /// <summary>Takes over the numbers of an offer that was accepted.</summary>
    public void Adopt(AudioCodec codec, int payloadType)
    {
        if (codec.StaticPayloadType is null)
            Adopt((codec.Name.ToUpperInvariant(), codec.RtpClockRateHz), payloadType);
    }

    public void AdoptTelephoneEvent(int clockRateHz, int payloadType) =>
        Adopt((TelephoneEventFormat.Name, clockRateHz), payloadType);

    private void Adopt((string Name, int ClockRateHz) format, int payloadType)
    {
        _numbers[format] = payloadType;
        _used.Add(payloadType);
    }

    private int Number((string Name, int ClockRateHz) format, int wish)
    {
        if (_numbers.TryGetValue(format, out var known))
            return known;
        var number = wish;
        for (var next = FirstDynamic; !_used.Add(number); next++)
            number = next;
        return _numbers[format] = number;
    }
}

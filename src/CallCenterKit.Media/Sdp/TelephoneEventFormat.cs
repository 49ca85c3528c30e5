namespace CallCenterKit.Media.Sdp;

/// <summary>How telephone events stand in SDP (RFC 4733 §2.4.1).</summary>
internal static class TelephoneEventFormat
{
    public const string Name = "telephone-event";

    /// <summary>The sixteen keys.</summary>
    private const string Keys = "0-15";

    public static RtpMap Create(int payloadType, int clockRateHz) => new(payloadType, Name, clockRateHz, Parameters: Keys);

    public static RtpMap? Find(IReadOnlyList<RtpMap> formats, int clockRateHz)
    {
        foreach (var format in formats)
        {
            if (format.ClockRateHz == clockRateHz && format.Name.Equals(Name, StringComparison.OrdinalIgnoreCase))
                return format;
        }

        return null;
    }
}

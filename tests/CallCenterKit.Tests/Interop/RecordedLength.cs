using CallCenterKit.Sip.Observability;

namespace CallCenterKit.Tests.Interop;

/// <summary>How long a recording is, against what others saw of the call: within one packet.</summary>
internal static class RecordedLength
{
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    /// <summary>It lasts from the answer that connected the two to the BYE, as they were on the wire.</summary>
    public static void AssertIsTalkTime(WavSamples recorded, IReadOnlyList<SipTraceEntry> trace) =>
        Near.AssertNear(TracedDialog.TalkTime(trace), recorded.Length, Packet);

    /// <summary>The left channel holds the customer's tone for as long as their phone's own file, which holds every packet that it sent.</summary>
    public static void AssertHoldsAllSaid(WavSamples recorded, double hz, WavSamples said) =>
        Near.AssertNear(Tones.Measure(said, 0, hz).Length, Tones.Measure(recorded, 0, hz).Length, Packet);

    /// <summary>
    /// The right channel holds the other's tone for as long as the customer's phone's own file, which holds every packet that it got.
    /// The last of them the customer does not hear out: in the mean, half of it.
    /// </summary>
    public static void AssertHoldsAllHeard(WavSamples recorded, double hz, WavSamples heard) =>
        Near.AssertNear(Tones.Measure(heard, 0, hz).Length - (Packet / 2), Tones.Measure(recorded, 1, hz).Length, Packet);
}

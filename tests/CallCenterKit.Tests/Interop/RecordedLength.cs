using CallCenterKit.Sip.Observability;

namespace CallCenterKit.Tests.Interop;

/// <summary>How long a recording is, against what others saw of the call: within one packet.</summary>
internal static class RecordedLength
{
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    /// <summary>It lasts from the answer that connected the two to the BYE, as they were on the wire.</summary>
    public static void AssertIsTalkTime(WavSamples recorded, IReadOnlyList<SipTraceEntry> trace) =>
        Near.AssertNear(TracedDialog.TalkTime(trace), recorded.Length, Packet);

    /// <summary>A channel holds a tone for as long as the phone's own file does, which holds every packet that the phone sent, or got.</summary>
    public static void AssertHoldsAll(WavSamples recorded, int channel, double hz, WavSamples atPhone) =>
        Near.AssertNear(Tones.Measure(atPhone, 0, hz).Length, Tones.Measure(recorded, channel, hz).Length, Packet);
}

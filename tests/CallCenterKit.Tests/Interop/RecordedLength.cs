using CallCenterKit.Sip.Observability;

namespace CallCenterKit.Tests.Interop;

/// <summary>How long a recording is, against what others saw of the call: within one packet.</summary>
internal static class RecordedLength
{
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    /// <summary>How closely the two ends of a tone are found.</summary>
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(5);

    /// <summary>It lasts from the answer that connected the two to the BYE, as they were on the wire.</summary>
    public static void AssertIsTalkTime(WavSamples recorded, IReadOnlyList<SipTraceEntry> trace) =>
        Compare("talk", TracedDialog.TalkTime(trace), recorded.Length);

    /// <summary>
    /// It lasts as long as what the customer said from the answer on, by their phone's own file, which holds every packet that it sent.
    /// The phone sends the first at once: in the mean, half a packet too much.
    /// </summary>
    public static void AssertIsAllSaid(WavSamples recorded, WavSamples said) => Compare("said", said.Length - (Packet / 2), recorded.Length);

    /// <summary>A tone fills a channel: at each end at most one packet is missing.</summary>
    public static void AssertFills(WavSamples recorded, int channel, double hz)
    {
        var tone = Tones.Measure(recorded, channel, hz);
        TestContext.Current.TestOutputHelper?.WriteLine($"tone from {tone.First.TotalMilliseconds:0.0} ms, to {(recorded.Length - tone.Last).TotalMilliseconds:0.0} ms before the end");
        Assert.True(recorded.Length - tone.Length <= 2 * Packet, $"The tone lasts {tone.Length} of {recorded.Length}.");
    }

    /// <summary>
    /// The right channel holds the other's tone as long as the customer's phone's own file, which holds every packet that it got: at each
    /// end at most one is missing, such as the last, which the customer does not hear out.
    /// </summary>
    public static void AssertHoldsAllHeard(WavSamples recorded, double hz, WavSamples heard)
    {
        var missing = Tones.Measure(heard, 0, hz).Length - Tones.Measure(recorded, 1, hz).Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"heard: {missing.TotalMilliseconds:0.0} ms of it not recorded");
        Assert.InRange(missing, -Measured, (2 * Packet) + Measured);
    }

    private static void Compare(string what, TimeSpan outside, TimeSpan recorded)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: outside {outside.TotalMilliseconds:0.0} ms, recorded {(recorded - outside).TotalMilliseconds:+0.0;-0.0} ms");
        Near.AssertNear(outside, recorded, Packet);
    }
}

using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Bridging;

/// <summary>A minute of a conversation, with its reports, its quality and its writer, allocates nothing once it runs.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int FramesBefore = 500;
    private const int Frames = 3000;

    private readonly SteppedMedia _media = new();
    private readonly TestWav _files = new();

    public void Dispose()
    {
        _media.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Relayed() => AssertNothingIsAllocated(AudioCodecs.Pcma, AudioCodecs.Pcma);

    [Fact]
    public void Relayed_and_recorded() => AssertNothingIsAllocated(Record, AudioCodecs.Pcma, AudioCodecs.Pcma);

    [Fact]
    public void Transcoded_from_one_law_of_G711_to_the_other() => AssertNothingIsAllocated(AudioCodecs.Pcma, AudioCodecs.Pcmu);

    [Fact]
    public void Transcoded_between_G711_and_G722() => AssertNothingIsAllocated(AudioCodecs.Pcma, AudioCodecs.G722);

    [Fact]
    public void Transcoded_between_G711_and_G722_and_recorded() => AssertNothingIsAllocated(Record, AudioCodecs.Pcma, AudioCodecs.G722);

    [Fact]
    public void Mixed_for_five() =>
        AssertNothingIsAllocated(AudioCodecs.Pcma, AudioCodecs.G722, AudioCodecs.Pcmu, AudioCodecs.Pcma, AudioCodecs.G722);

    private void AssertNothingIsAllocated(params AudioCodec[] codecs) => AssertNothingIsAllocated(_ => { }, codecs);

    private void AssertNothingIsAllocated(Action<Party> begin, params AudioCodec[] codecs)
    {
        var bridge = _media.Engine.CreateBridge();
        var parties = codecs.Select(codec => _media.Connect(codec)).ToList();
        foreach (var party in parties)
        {
            party.Rtp.ForgetSent = party.Rtcp.ForgetSent = true;
            bridge.Add(party.Leg, new BridgeRole.Member());
        }

        begin(parties[0]);
        Talk(parties, FramesBefore);
        var sent = parties.Sum(party => party.Rtp.SentCount);
        var allocated = Talk(parties, Frames);
        var sentInAMinute = parties.Sum(party => party.Rtp.SentCount) - sent;
        // What the runtime makes for itself once in a process, such as a larger table of its casts, does not come again.
        if (allocated > 0)
            allocated = Talk(parties, Frames);

        Assert.InRange(sentInAMinute, Frames * codecs.Length * 9 / 10, Frames * codecs.Length);
        Assert.All(parties, party => Assert.InRange(party.Rtcp.SentCount, Frames / 250, long.MaxValue));
        Assert.Equal(0, allocated);
    }

    // One packet of forty is lost, so that concealment is among it.
    private long Talk(List<Party> parties, int frames)
    {
        var said = parties.ConvertAll(party => Said(party.Codec));
        long allocated = 0;
        for (var i = 0; i < frames; i++)
        {
            for (var who = 0; who < parties.Count; who++)
            {
                if (i % 40 == 39)
                    parties[who].SayLost();
                else
                    parties[who].SayPayload(said[who]);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            _media.Step();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private static byte[] Said(AudioCodec codec)
    {
        var payload = new byte[160];
        var samples = codec.SampleRateHz / 50;
        Assert.Equal(payload.Length, codec.CreateEncoder().Encode(Tone.Sine(440, 0, samples), payload));
        return payload;
    }

    private void Record(Party party) => _media.Engine.Record(party.Leg, new RecordingOptions(_files.PathOf("call.wav")));
}

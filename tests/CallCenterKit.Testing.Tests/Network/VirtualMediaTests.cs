using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Sdp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Testing.Network;

public sealed class VirtualMediaTests
{
    [Fact]
    public async Task A_media_engine_runs_in_virtual_time_on_the_virtual_network()
    {
        var time = new VirtualTimeProvider();
        using var network = new VirtualNetwork(time);
        using var engine = new MediaEngine(
            new() { Threads = 0, BindAddress = "10.0.0.100", Seed = 1 }, time, NullLogger<MediaEngine>.Instance, new VirtualRtpTransportFactory(network));
        using var stepper = new MediaStepper(engine, time);
        using var leg = engine.CreateLeg(new Deaf());
        var arrivals = new List<TimeSpan>();
        var start = time.GetTimestamp();
        var peer = network.Open(IPEndPoint.Parse("10.0.0.1:4000"), (_, _) => arrivals.Add(time.GetElapsedTime(start)));

        leg.Open();
        leg.Apply(new()
        {
            RemoteRtp = peer.LocalEndPoint,
            RemoteRtcp = IPEndPoint.Parse("10.0.0.1:4001"),
            Codec = AudioCodecs.Pcmu,
            PayloadType = 0,
            ReceivePayloadType = 0,
            ReceiveFormats = [],
            Direction = MediaDirection.SendReceive,
        });
        await time.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.InRange(arrivals.Count, 98, 101);
        Assert.All(arrivals.Zip(arrivals.Skip(1)), pair => Assert.Equal(20, (pair.Second - pair.First).TotalMilliseconds));
    }

    private sealed class Deaf : IMediaLegSink
    {
        public void OnDigit(char digit, TimeSpan duration)
        {
        }

        public void OnPlaybackEnded(Media.Playback.PlaybackSession playback, Media.Playback.PlaybackEnd end)
        {
        }

        public void OnMediaTimeout(TimeSpan silentFor)
        {
        }
    }
}

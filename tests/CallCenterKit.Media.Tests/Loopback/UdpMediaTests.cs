using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Media.Tests.Loopback;

/// <summary>Whole streams over real sockets, both ways of waiting for packets.</summary>
public sealed class UdpMediaTests : IDisposable
{
    // Below the ports the system hands out, and apart from those of the same tests run beside these.
    private static readonly int FirstPort = 20000 + (Environment.ProcessId % 150 * 80);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly TestWav _files = new();

    public static TheoryData<MediaPoller, int> Pollers { get; } = MakePollers();

    public void Dispose()
    {
        _limit.Dispose();
        _files.Dispose();
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task Two_phones_hear_each_others_tone_and_keys(MediaPoller poller, int threads)
    {
        using var engine = Start(poller, threads);
        using var alice = new UdpPhone(engine);
        using var bob = new UdpPhone(engine);
        Bridge(engine, alice, bob);

        await TalkAsync(alice, bob, frames: 30);
        alice.Press('6');
        Assert.Equal('6', await alice.Sink.Digits.ReadAsync(_limit.Token));
        await bob.HearKeysAsync(7, _limit.Token);

        AssertTone(bob.Heard, has: 440, lacks: 700);
        AssertTone(alice.Heard, has: 700, lacks: 440);
        Assert.All(bob.Keys, key => Assert.Equal(6, key));
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task Different_codecs_are_mixed(MediaPoller poller, int threads)
    {
        using var engine = Start(poller, threads);
        using var alice = new UdpPhone(engine, AudioCodecs.Pcma);
        using var bob = new UdpPhone(engine, AudioCodecs.Pcmu);
        Bridge(engine, alice, bob);

        await TalkAsync(alice, bob, frames: 40);

        AssertTone(bob.Heard, has: 440, lacks: 700);
        AssertTone(alice.Heard, has: 700, lacks: 440);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task A_recording_holds_each_voice_on_its_own_side(MediaPoller poller, int threads)
    {
        using var engine = Start(poller, threads);
        using var alice = new UdpPhone(engine);
        using var bob = new UdpPhone(engine);
        Bridge(engine, alice, bob);
        await TalkAsync(alice, bob, frames: 5);
        var recording = engine.Record(alice.Leg, new RecordingOptions(_files.PathOf("call.wav")));

        await TalkAsync(alice, bob, frames: 40);
        var result = await recording.StopAsync().WaitAsync(_limit.Token);

        Assert.Null(result.Fault);
        var (left, right) = TestWav.ReadStereo(result.Path);
        Assert.Equal(left.Length / 8000.0, result.Duration.TotalSeconds, 3);
        Assert.True(left.Length >= 35 * 160);
        AssertTone(left, has: 440, lacks: 700);
        AssertTone(right, has: 700, lacks: 440);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task A_disk_that_hangs_is_told_while_it_hangs_and_neither_phone_notices(MediaPoller poller, int threads)
    {
        var (disk, alarm) = (new FakeDisk(), new WaitingAlarm());
        using var engine = Start(poller, threads, alarm: alarm, recorder: new RecorderParts(disk, OwnThreads: true));
        using var alice = new UdpPhone(engine);
        using var bob = new UdpPhone(engine);
        Bridge(engine, alice, bob);
        await TalkAsync(alice, bob, frames: 5);
        var caught = disk.HangAsync("disk");
        var recording = engine.Record(alice.Leg, new RecordingOptions("disk/call.wav"));
        await caught.WaitAsync(_limit.Token);

        await TalkAsync(alice, bob, frames: 40);
        await alarm.Stalled.WaitAsync(_limit.Token);
        await TalkAsync(alice, bob, frames: 20);

        AssertTone(bob.Heard, has: 440, lacks: 700);
        AssertTone(alice.Heard, has: 700, lacks: 440);
        Assert.Equal(TimeSpan.Zero, recording.Duration);
        disk.Answer();
        await alarm.Recovered.WaitAsync(_limit.Token);
        var result = await recording.StopAsync().WaitAsync(_limit.Token);
        Assert.Equal((null, 0), (result.Fault, result.DroppedPackets));
        Assert.True(WavReader.TryRead(disk.Read("disk/call.wav"), out var wav, out var problem), problem);
        Assert.InRange(result.Duration - wav.Duration, TimeSpan.Zero, TimeSpan.Zero);
        Assert.True(Tone.PeakLevelOf(wav.ToMono(), 440) > 2000);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task Music_comes_at_the_pace_of_the_clock(MediaPoller poller, int threads)
    {
        using var engine = Start(poller, threads);
        using var caller = new UdpPhone(engine);
        caller.Leg.Play(new PlayList([new PlayItem.File(_files.Create("music.wav", Tone.Sine(500, 0, 50 * 160)))], Loop: true));
        await caller.HearAsync(5, _limit.Token);

        var started = TimeProvider.System.GetTimestamp();
        var sentBefore = caller.Leg.Statistics.PacketsSent;
        await caller.HearAsync(50, _limit.Token);
        var sent = caller.Leg.Statistics.PacketsSent - sentBefore;
        var frames = TimeProvider.System.GetElapsedTime(started) / TimeSpan.FromMilliseconds(20);

        // A thread that was held up catches up ten frames at most.
        Assert.InRange(sent, 30, frames + 12);
        AssertTone(caller.Heard, has: 500, lacks: 700);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task Ports_are_free_again_once_a_leg_is_gone(MediaPoller poller, int threads)
    {
        using var engine = Start(poller, threads);
        var free = engine.FreePorts;
        var leg = engine.CreateLeg(new WaitingSink());
        var local = leg.Open();
        Assert.Throws<SocketException>(() => Occupy(local));

        await leg.DisposeAsync();

        Assert.Equal(free, engine.FreePorts);
        Occupy(local);
    }

    [Fact]
    public async Task A_range_that_is_used_up_is_an_error_until_a_leg_goes()
    {
        using var engine = Start(MediaPoller.Auto, threads: 1, ports: 2);
        var first = engine.CreateLeg(new WaitingSink());
        first.Open();
        engine.CreateLeg(new WaitingSink()).Open();
        var third = engine.CreateLeg(new WaitingSink());
        Assert.Throws<MediaPortsExhaustedException>(() => third.Open());

        await first.DisposeAsync();

        Assert.Equal(first.LocalRtp!.Port, third.Open().Port);
    }

    [Fact]
    public async Task Closing_the_engine_closes_legs_and_finishes_recordings()
    {
        var engine = Start(MediaPoller.Auto, threads: 2);
        using var alice = new UdpPhone(engine);
        var recording = engine.Record(alice.Leg, new RecordingOptions(_files.PathOf("call.wav")));
        await alice.HearAsync(10, _limit.Token);

        engine.Dispose();

        Assert.True(recording.Completed.IsCompletedSuccessfully);
        Assert.Equal(MediaLegState.Closed, alice.Leg.State);
        Assert.True((await recording.Completed).Duration > TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task A_phone_of_each_family_talk_with_each_other_over_sockets_of_both(MediaPoller poller, int threads)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "IPv6 is switched off here.");
        using var engine = Start(poller, threads, address: "::");
        using var alice = new UdpPhone(engine, address: IPAddress.IPv6Loopback);
        using var bob = new UdpPhone(engine, address: IPAddress.Loopback);
        Assert.Equal((IPAddress.IPv6Loopback, IPAddress.Loopback), (alice.Leg.LocalRtp!.Address, bob.Leg.LocalRtp!.Address));
        Bridge(engine, alice, bob);

        await TalkAsync(alice, bob, frames: 30);

        AssertTone(bob.Heard, has: 440, lacks: 700);
        AssertTone(alice.Heard, has: 700, lacks: 440);
    }

    [Theory]
    [InlineData("127.0.0.1", 46)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("::1", 46)]
    [InlineData("::", 34)]
    public void Sockets_are_marked_for_networks_that_put_voice_first(string address, int dscp)
    {
        var ip = IPAddress.Parse(address);
        Assert.SkipUnless(OperatingSystem.IsLinux() && (ip.AddressFamily == AddressFamily.InterNetwork || Socket.OSSupportsIPv6), "Reads the mark as Linux keeps it.");
        var log = new KeptLog();
        var pair = new UdpRtpTransportFactory(linuxCalls: true, dscp, log).Open(new IPEndPoint(ip, FirstPort))!;
        using var rtp = new Socket(new SafeSocketHandle(((LinuxUdpTransport)pair.Rtp).FileDescriptor, ownsHandle: false));
        using var rtcp = new Socket(new SafeSocketHandle(((LinuxUdpTransport)pair.Rtcp).FileDescriptor, ownsHandle: false));

        foreach (var socket in (Socket[])[rtp, rtcp])
        {
            if (ip.AddressFamily == AddressFamily.InterNetwork || address == "::")
                Assert.Equal(dscp << 2, socket.GetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService));
            if (ip.AddressFamily == AddressFamily.InterNetworkV6)
                Assert.Equal(dscp << 2, TrafficClassOf(socket));
        }

        Assert.Empty(log.Lines);
        pair.Rtp.Dispose();
        pair.Rtcp.Dispose();
    }

    private static int TrafficClassOf(Socket socket)
    {
        var value = new byte[4];
        socket.GetRawSocketOption(41, 67, value);              // IPPROTO_IPV6, IPV6_TCLASS
        return BitConverter.ToInt32(value);
    }

    private static TheoryData<MediaPoller, int> MakePollers()
    {
        var data = new TheoryData<MediaPoller, int> { { MediaPoller.Portable, 1 }, { MediaPoller.Portable, 2 } };
        if (OperatingSystem.IsLinux())
        {
            data.Add(MediaPoller.Epoll, 1);
            data.Add(MediaPoller.Epoll, 2);
        }

        return data;
    }

    private static MediaEngine Start(MediaPoller poller, int threads, int ports = 20, string address = "127.0.0.1", IRecordingAlarm? alarm = null, RecorderParts? recorder = null)
    {
        var options = new MediaOptions
        {
            BindAddress = address,
            Poller = poller,
            Threads = threads,
            FirstPort = FirstPort,
            LastPort = FirstPort + (2 * (ports - 1)),
        };
        return new MediaEngine(options, TimeProvider.System, NullLogger<MediaEngine>.Instance, transports: null, alarm, recorder);
    }

    private static void Bridge(MediaEngine engine, params UdpPhone[] phones)
    {
        var bridge = engine.CreateBridge();
        foreach (var phone in phones)
            bridge.Add(phone.Leg, new BridgeRole.Member());
    }

    private static void AssertTone(short[] pcm, int has, int lacks)
    {
        Assert.True(Tone.PeakLevelOf(pcm, has) > 6000, $"{has} Hz is missing");
        Assert.True(Tone.PeakLevelOf(pcm, lacks) < 2000, $"{lacks} Hz should not be there");
    }

    private static void Occupy(IPEndPoint local)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(local);
    }

    private async Task TalkAsync(UdpPhone alice, UdpPhone bob, int frames)
    {
        var hearing = Task.WhenAll(alice.HearAsync(frames - 2, _limit.Token), bob.HearAsync(frames - 2, _limit.Token));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        for (var i = 0; i < frames; i++)
        {
            await pace.WaitForNextTickAsync(_limit.Token);
            alice.Say(440);
            bob.Say(700);
        }

        await hearing;
    }
}

using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>An engine in virtual time, with parties that do what a test tells them.</summary>
internal sealed class SteppedMedia : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private int _parties;

    /// <summary>Makes an engine that stands still until it is stepped.</summary>
    /// <param name="configure">Changes its options.</param>
    /// <param name="alarm">Told of recordings in trouble.</param>
    /// <param name="logger">Told of faults.</param>
    /// <param name="recorder">What recordings stand on; null means the system's disks, written in each step.</param>
    public SteppedMedia(
        Action<MediaOptions>? configure = null,
        IRecordingAlarm? alarm = null,
        ILogger<MediaEngine>? logger = null,
        RecorderParts? recorder = null)
    {
        var options = new MediaOptions { BindAddress = "127.0.0.1", Threads = 0, Seed = 1 };
        configure?.Invoke(options);
        Engine = new MediaEngine(options, new FixedTime(Noon), logger ?? NullLogger<MediaEngine>.Instance, Transports, alarm, recorder);
    }

    public static TimeSpan Frame { get; } = TimeSpan.FromMilliseconds(20);

    public DateTimeOffset Now { get; private set; } = Noon;

    public FakeTransports Transports { get; } = new();

    public MediaEngine Engine { get; }

    /// <summary>A leg with a phone at the other end, ready to talk.</summary>
    public Party Connect(AudioCodec? codec = null, MediaDirection direction = MediaDirection.SendReceive)
    {
        var party = Opened(codec);
        party.Leg.Apply(party.Negotiated(direction));
        Run();
        return party;
    }

    /// <summary>A leg whose phone encrypts, ready to talk.</summary>
    public Party ConnectEncrypted(SrtpSuite suite, AudioCodec? codec = null)
    {
        var party = Opened(codec);
        party.Encrypt(suite);
        party.Leg.Apply(party.Negotiated());
        Run();
        return party;
    }

    /// <summary>A leg with a port, before the answer.</summary>
    public Party Opened(AudioCodec? codec = null) =>
        new(Engine, Transports, codec ?? AudioCodecs.Pcma, new IPEndPoint(IPAddress.Parse("198.51.100.1"), 4000 + (10 * _parties++)));

    /// <summary>Messages and packets, no time.</summary>
    public void Run() => Engine.RunOnce(Now);

    public void Step(int frames = 1, Action<int>? before = null)
    {
        for (var i = 0; i < frames; i++)
        {
            before?.Invoke(i);
            Now += Frame;
            Engine.RunOnce(Now);
        }
    }

    public void Dispose() => Engine.Dispose();
}

using System.Buffers.Binary;
using System.Globalization;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Recording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace CallCenterKit.RecordingHost.Loopback;

/// <summary>Two phones on a bridge; the first, which says 440 Hz and hears 700 Hz, is recorded. Says on standard output what happens.</summary>
internal sealed class Call : IRecordingAlarm, IDisposable
{
    private readonly MediaEngine _engine;
    private readonly SafeFileHandle _spoken;
    private readonly Phone _alice;
    private readonly Phone _bob;
    private readonly List<RecordingSession> _recordings = [];
    private long _kept;
    private volatile bool _stopping;

    public Call(string spokenFile)
    {
        var options = new MediaOptions { BindAddress = "127.0.0.1", FirstPort = 27000 + (Environment.ProcessId % 500 * 4), Threads = 1 };
        options.LastPort = options.FirstPort + 2;
        _engine = new MediaEngine(options, TimeProvider.System, NullLogger<MediaEngine>.Instance, alarm: this);
        _spoken = File.OpenHandle(spokenFile, FileMode.Create, FileAccess.Write);
        (_alice, _bob) = (new Phone(_engine, 440), new Phone(_engine, 700));
        var bridge = _engine.CreateBridge();
        bridge.Add(_alice.Leg, new BridgeRole.Member());
        bridge.Add(_bob.Leg, new BridgeRole.Member());
    }

    private static long Now => TimeProvider.System.GetUtcNow().UtcTicks;

    public void Record(string path, string format, string channels)
    {
        var recording = _engine.Record(_alice.Leg, new RecordingOptions(path)
        {
            Format = Enum.Parse<RecordingFormat>(format),
            Channels = Enum.Parse<RecordingChannels>(channels),
            WhenCompleted = Tell,
        });
        _recordings.Add(recording);
        Say($"recording {path} {recording.StartedAt.UtcTicks}");
    }

    /// <summary>Speaks at the pace of the clock until stopped; keeps in the file when it began, and when each packet was really sent.</summary>
    public async Task TalkAsync()
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var said = 0;
        Keep(Now);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (!_stopping && await pace.WaitForNextTickAsync())
        {
            for (var due = (int)(TimeProvider.System.GetElapsedTime(startedAt) / Phone.Frame); said < due; said++)
                Talk();
        }

        await Task.Delay(Phone.Frame * 5, TimeProvider.System); // what is on its way arrives
        Say($"heard {_alice.Heard()} {_bob.Heard()} of {said}");
    }

    public async Task StopAsync()
    {
        foreach (var recording in _recordings)
            await recording.StopAsync();
        _stopping = true;
    }

    public void OnRecordingFailed(RecordingSession recording, Exception fault) => Say($"alarm {recording.Path}");

    public void OnRecordingStalled(RecordingStall stall) => Say($"stalled {stall.Volume}");

    public void OnRecordingRecovered(RecordingStall stall) => Say($"recovered {stall.Volume}");

    public void Dispose()
    {
        _engine.Dispose();
        _alice.Dispose();
        _bob.Dispose();
        _spoken.Dispose();
    }

    private void Talk()
    {
        _alice.Speak();
        _bob.Speak();
        Keep(Now);
    }

    private void Keep(long at)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, at);
        RandomAccess.Write(_spoken, bytes, _kept);
        _kept += bytes.Length;
    }

    private static void Tell(RecordingResult result) =>
        Say(string.Create(CultureInfo.InvariantCulture, $"completed {result.Path} {result.Duration.TotalSeconds} {result.Bytes} {result.Sha256 ?? "-"} {result.Fault?.GetType().Name ?? "-"}"));

    private static void Say(string line)
    {
        lock (Console.Out)
            Console.WriteLine(line);
    }
}

using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Recording;

/// <summary>Legs in virtual time that are recorded to a folder of their own, gone with the test.</summary>
public abstract class RecordedLegs : IDisposable
{
    private protected SteppedMedia Media { get; } = new();

    private protected TestWav Files { get; } = new();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Media.Dispose();
        Files.Dispose();
    }

    private protected (Party Alice, Party Bob) Bridged()
    {
        var (alice, bob) = (Media.Connect(), Media.Connect());
        var bridge = Media.Engine.CreateBridge();
        bridge.Add(alice.Leg, new BridgeRole.Member());
        bridge.Add(bob.Leg, new BridgeRole.Member());
        Media.Run();
        return (alice, bob);
    }

    private protected RecordingSession Record(Party party, bool startPaused = false)
    {
        var recording = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("call.wav"), startPaused));
        Media.Run();
        return recording;
    }

    private protected void Talk(Party alice, Party bob, int frames) => Media.Step(frames, _ =>
    {
        alice.Say(440);
        bob.Say(700);
    });

    private protected async Task<RecordingResult> StopAsync(RecordingSession recording)
    {
        var stopping = recording.StopAsync();
        Media.Run();
        return await stopping;
    }
}

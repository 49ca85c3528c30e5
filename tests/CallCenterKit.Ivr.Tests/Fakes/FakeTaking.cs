using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Testing;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>A message without sound: as long as the time that passed.</summary>
internal sealed class FakeTaking(FakeCall call, VirtualTimeProvider time) : IMessageTaking
{
    private readonly long _begun = time.GetTimestamp();

    public ValueTask<VoicemailOutcome> EndAsync(TimeSpan silence, TimeSpan least)
    {
        var length = time.GetElapsedTime(_begun);
        call.Write($"end of message, {silence.TotalSeconds} s of it silence");
        return new(length - silence < least ? new VoicemailOutcome.TooShort() : new VoicemailOutcome.Left(default, length));
    }
}

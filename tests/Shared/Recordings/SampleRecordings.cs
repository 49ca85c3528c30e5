using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Recordings;

internal static class SampleRecordings
{
    public const string Number = "+37060000001";

    /// <summary>One that has ended, a second later for each number.</summary>
    public static StoredRecording Ended(int number) => new()
    {
        Recording = Recording(number),
        Interaction = Interaction(number),
        File = $"2026-01-05/{number}.wav",
        StartedAt = Noon.AddSeconds(number),
        Length = TimeSpan.FromSeconds(4.02),
        Customer = Party(number),
    };

    /// <summary>Every field filled that events fill.</summary>
    public static StoredRecording Full(int number) => Ended(number) with
    {
        Bytes = 128_684,
        Sha256 = new('a', 64),
        Fault = "disk full",
        Kind = RecordingKind.Voicemail,
        Mailbox = new("night"),
        Direction = CallDirection.Inbound,
        Caller = Number,
        Dialled = "5000",
        Queue = new("support"),
        Agents = [new("alice"), new("bob")],
        Extensions = [new("101"), new("102")],
        Disposition = "resolved",
    };

    public static RecordingChange.Known Known(StoredRecording recording) => new(recording);
}

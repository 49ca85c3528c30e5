using CallCenterKit.Shared.Recordings;

namespace CallCenterKit.Recordings;

public class InMemoryRecordingStoreTests : RecordingStoreContract
{
    protected override IRecordingStore Store { get; } = new InMemoryRecordingStore();
}

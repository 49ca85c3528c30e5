using CallCenterKit.Records;
using CallCenterKit.Shared.Records;

namespace CallCenterKit.Records;

public class InMemoryCallRecordStoreTests : CallRecordStoreContract
{
    protected override ICallRecordStore Store { get; } = new InMemoryCallRecordStore();
}

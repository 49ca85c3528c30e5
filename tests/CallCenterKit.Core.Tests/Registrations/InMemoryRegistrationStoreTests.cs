using CallCenterKit.Registrations;
using CallCenterKit.Shared.Registrations;

namespace CallCenterKit.Registrations;

public class InMemoryRegistrationStoreTests : RegistrationStoreContract
{
    protected override IRegistrationStore Store { get; } = new InMemoryRegistrationStore();
}

using CallCenterKit.Registrations;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Registrations;

/// <summary>What every store of registrations promises.</summary>
public abstract class RegistrationStoreContract
{
    private static readonly RegistrationBinding Desk = new("sip", new("1001"), "sip:1001@192.0.2.1", Noon.AddMicroseconds(5), """{"path":"x"}""");

    /// <summary>An empty store, open.</summary>
    protected abstract IRegistrationStore Store { get; }

    [Fact]
    public async Task A_binding_comes_back_to_its_driver_only()
    {
        Store.Save(Desk);

        Assert.Equal([Desk], await Store.LoadAsync("sip", default));
        Assert.Empty(await Store.LoadAsync("other", default));
    }

    [Fact]
    public async Task The_same_contact_of_an_endpoint_is_bound_once()
    {
        Store.Save(Desk);
        Store.Save(Desk with { ExpiresAt = Noon.AddHours(1), Data = "" });
        Store.Save(Desk with { Endpoint = new("1002") });

        Assert.Equal(
            [Desk with { ExpiresAt = Noon.AddHours(1), Data = "" }, Desk with { Endpoint = new("1002") }],
            (await Store.LoadAsync("sip", default)).OrderBy(binding => binding.Endpoint.Text, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_removed_binding_is_forgotten_and_removing_again_does_nothing()
    {
        Store.Save(Desk);

        Store.Remove("sip", Desk.Endpoint, Desk.Contact);
        Store.Remove("sip", Desk.Endpoint, Desk.Contact);

        Assert.Empty(await Store.LoadAsync("sip", default));
    }
}

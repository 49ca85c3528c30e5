using System.Net;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Registrar;

namespace CallCenterKit.Sip.Tests.Registrar;

public sealed class SipRegistrarTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EndpointId Alice = new("alice");
    private static readonly IPEndPoint Phone = new(IPAddress.Parse("192.0.2.7"), 5060);
    private static readonly IPEndPoint Ours = new(IPAddress.Parse("192.0.2.1"), 5060);
    private static readonly RegistrationPolicy Policy = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(3600), MaxContacts: 2);

    private readonly InMemoryRegistrationStore _store = new();
    private readonly List<string> _events = [];
    private readonly SipRegistrar _registrar;
    private uint _cseq;

    public SipRegistrarTests() => _registrar = Create();

    [Theory]
    [InlineData(null, null, 600)]
    [InlineData(null, 120u, 120)]
    [InlineData(90u, 120u, 90)]
    [InlineData(86400u, null, 3600)]
    [InlineData(60u, null, 60)]
    public void Granted_time_follows_parameter_then_header_then_default(uint? parameter, uint? header, int granted)
    {
        var result = Register(Noon, header, Contact("sip:alice@192.0.2.7", parameter));

        Assert.Equal([new("sip:alice@192.0.2.7", granted)], Assert.IsType<RegisterResult.Bound>(result).Contacts);
    }

    [Fact]
    public void Too_short_a_time_gets_the_least_allowed_and_changes_nothing()
    {
        var result = Register(Noon, null, Contact("sip:a@192.0.2.7", 600), Contact("sip:b@192.0.2.7", 59));

        Assert.Equal(new RegisterResult.TooBrief(60), result);
        Assert.Empty(_registrar.Contacts(Alice));
        Assert.Empty(_events);
    }

    [Fact]
    public void Query_lists_all_contacts_with_what_is_left()
    {
        Register(Noon, 600, Contact("sip:a@192.0.2.7"));
        Register(Noon.AddSeconds(100), 600, Contact("sip:b@192.0.2.8"));

        var result = Register(Noon.AddSeconds(150.5), null);

        Assert.Equal([new("sip:a@192.0.2.7", 450), new("sip:b@192.0.2.8", 550)], Assert.IsType<RegisterResult.Bound>(result).Contacts);
    }

    [Fact]
    public void Zero_removes_one_contact_and_a_star_removes_all()
    {
        Register(Noon, 600, Contact("sip:a@192.0.2.7"), Contact("sip:b@192.0.2.8"));

        Register(Noon, null, Contact("sip:a@192.0.2.7", 0));
        Assert.Equal(["sip:b@192.0.2.8"], _registrar.Contacts(Alice).Select(binding => binding.Uri));

        var result = _registrar.Handle(Request() with { Everything = true, Expires = 0 }, Noon);
        Assert.Empty(Assert.IsType<RegisterResult.Bound>(result).Contacts);
        Assert.Equal(["alice up", "alice down"], _events);
    }

    [Fact]
    public void Star_with_a_time_makes_no_sense() =>
        Assert.Equal(new RegisterResult.Refused(400), _registrar.Handle(Request() with { Everything = true, Expires = 60 }, Noon));

    [Fact]
    public void An_overtaken_request_changes_nothing()
    {
        _registrar.Handle(Request() with { CSeq = 7, Contacts = [Contact("sip:a@192.0.2.7")] }, Noon);

        Assert.Equal(new RegisterResult.Refused(500), _registrar.Handle(Request() with { CSeq = 6, Contacts = [Contact("sip:a@192.0.2.7", 0)] }, Noon));
        Assert.Equal(new RegisterResult.Refused(500), _registrar.Handle(Request() with { CSeq = 7, Everything = true, Expires = 0 }, Noon));
        Assert.Single(_registrar.Contacts(Alice));
        Assert.IsType<RegisterResult.Bound>(_registrar.Handle(Request() with { CSeq = 1, CallId = "other", Contacts = [Contact("sip:a@192.0.2.7", 0)] }, Noon));
    }

    [Fact]
    public void More_contacts_than_allowed_are_refused()
    {
        Register(Noon, 600, Contact("sip:a@192.0.2.7"), Contact("sip:b@192.0.2.7"));

        Assert.Equal(new RegisterResult.Refused(403), Register(Noon, 600, Contact("sip:c@192.0.2.7")));
        Assert.IsType<RegisterResult.Bound>(Register(Noon, 600, Contact("sip:a@192.0.2.7", 0), Contact("sip:c@192.0.2.7")));
    }

    [Fact]
    public void Binding_runs_out_and_the_endpoint_is_lost_with_its_last_one()
    {
        Register(Noon, 600, Contact("sip:a@192.0.2.7", 60), Contact("sip:b@192.0.2.8"));
        Assert.Equal(Noon.AddSeconds(60), _registrar.NextExpiry);

        _registrar.Expire(Noon.AddSeconds(60));
        Assert.Equal(["alice up"], _events);

        _registrar.Expire(Noon.AddSeconds(600));
        Assert.Equal(["alice up", "alice down"], _events);
        Assert.Null(_registrar.NextExpiry);
    }

    [Fact]
    public void Refresh_keeps_the_endpoint_within_reach()
    {
        Register(Noon, 60, Contact("sip:a@192.0.2.7"));
        Register(Noon.AddSeconds(50), 60, Contact("sip:a@192.0.2.7"));

        _registrar.Expire(Noon.AddSeconds(60));
        Assert.Equal(["alice up"], _events);
        Assert.Equal(Noon.AddSeconds(110), _registrar.NextExpiry);

        _registrar.Expire(Noon.AddSeconds(110));
        Assert.Equal(["alice up", "alice down"], _events);
    }

    [Fact]
    public void Shortened_binding_runs_out_at_its_new_time()
    {
        Register(Noon, 3600, Contact("sip:a@192.0.2.7"));
        Register(Noon, 60, Contact("sip:a@192.0.2.7"));

        _registrar.Expire(Noon.AddSeconds(60));

        Assert.Equal(["alice up", "alice down"], _events);
    }

    [Theory]
    [InlineData(false, "192.0.2.99:5080")]
    [InlineData(true, "192.0.2.7:5060")]
    public void Packets_go_to_the_source_when_a_nat_stands_between(bool behindNat, string expected)
    {
        var contact = new RegisterContact("sip:alice@192.0.2.99:5080", new(IPAddress.Parse("192.0.2.99"), 5080), null);

        _registrar.Handle(Request() with { Contacts = [contact], From = new(Phone, Ours, behindNat) }, Noon);

        var binding = Assert.Single(_registrar.Contacts(Alice));
        Assert.Equal(expected, binding.Address.ToString());
        Assert.Equal("sip:alice@192.0.2.99:5080", binding.Uri);
    }

    [Fact]
    public async Task Bindings_survive_a_restart_but_not_those_that_ran_out_or_lost_their_account()
    {
        Register(Noon, 600, Contact("sip:a@192.0.2.7", 60), Contact("sip:b@192.0.2.8"));
        _registrar.Handle(Request() with { Endpoint = new("gone"), Contacts = [Contact("sip:gone@192.0.2.9")] }, Noon);
        _events.Clear();
        var next = Create();

        next.Load(await _store.LoadAsync("sip", default), endpoint => endpoint == Alice, Noon.AddSeconds(61));

        var binding = Assert.Single(next.Contacts(Alice));
        Assert.Equal(_registrar.Contacts(Alice)[1], binding);
        Assert.Equal(["alice up"], _events);
        Assert.Single(await _store.LoadAsync("sip", default));
    }

    [Fact]
    public void Stored_data_of_somebody_else_is_not_a_binding() =>
        Assert.Null(ContactBinding.FromStored(new("sip", Alice, "sip:a@192.0.2.7", Noon, "not json")));

    private SipRegistrar Create() => new("sip", Policy, _store, (endpoint, reachable) => _events.Add($"{endpoint} {(reachable ? "up" : "down")}"));

    private RegisterResult Register(DateTimeOffset now, uint? expires, params RegisterContact[] contacts) =>
        _registrar.Handle(Request() with { Expires = expires, Contacts = contacts }, now);

    private RegisterRequest Request() => new(Alice, "call-1", ++_cseq, new(Phone, Ours, BehindNat: false));

    private static RegisterContact Contact(string uri, uint? expires = null) => new(uri, Phone, expires);
}

using System.Net;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Registrar;

public sealed class ContactRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EndpointId Alice = new("alice");
    private static readonly IPEndPoint Phone = IPEndPoint.Parse("192.0.2.7:5060");
    private static readonly IPEndPoint Ours = IPEndPoint.Parse("192.0.2.1:5060");

    private readonly InMemoryRegistrationStore _store = new();
    private readonly List<string> _events = [];
    private readonly SipRegistrar _registrar;
    private uint _cseq;

    public ContactRuleTests() => _registrar = Create();

    [Theory]
    [InlineData("sip:alice@Phone.EXAMPLE.com:5060", "sip:alice@phone.example.com:5060")]
    [InlineData("sip:%61lice@192.0.2.7", "sip:alice@192.0.2.7")]
    [InlineData("sip:alice@192.0.2.7;ob;line=1", "sip:alice@192.0.2.7;line=1")]
    public async Task Contact_written_otherwise_is_the_same_contact(string first, string second)
    {
        Register(Contact(first));
        Register(Contact(second));

        Assert.Equal([second], Uris());
        Assert.Equal([second], (await _store.LoadAsync("sip", default)).Select(stored => stored.Contact));

        Register(Contact(first) with { Expires = 0 });
        Assert.Empty(Uris());
        Assert.Empty(await _store.LoadAsync("sip", default));
        Assert.Equal(["alice up", "alice down"], _events);
    }

    [Theory]
    [InlineData("sip:alice@192.0.2.7", "sip:Alice@192.0.2.7")]
    [InlineData("sip:alice@192.0.2.7", "sip:alice@192.0.2.7:5060")]
    [InlineData("sip:alice@192.0.2.7", "sip:alice@192.0.2.7;transport=tcp")]
    [InlineData("sip:alice@192.0.2.7;line=1", "sip:alice@192.0.2.7;line=2")]
    [InlineData("sip:alice@192.0.2.7", "sips:alice@192.0.2.7")]
    public void Contact_that_differs_by_the_rules_of_uris_is_another(string first, string second)
    {
        Register(Contact(first), Contact(second));

        Assert.Equal([first, second], Uris());
    }

    [Fact]
    public async Task Device_that_comes_from_a_new_address_leaves_the_old_one()
    {
        Register(Contact("sip:alice@192.0.2.7", "<urn:uuid:1>"), Contact("sip:alice@192.0.2.8", "<urn:uuid:2>"), Contact("sip:alice@192.0.2.9"));

        Register(Contact("sip:alice@198.51.100.7", "<URN:UUID:1>"));

        Assert.Equal(["sip:alice@192.0.2.8", "sip:alice@192.0.2.9", "sip:alice@198.51.100.7"], Uris());
        Assert.Equal(3, (await _store.LoadAsync("sip", default)).Count);
        Assert.Equal(["alice up"], _events);
    }

    [Fact]
    public void Device_may_keep_several_ways_to_it()
    {
        Register(Contact("sip:alice@192.0.2.7", "<urn:uuid:1>") with { RegId = 1 });
        Register(Contact("sip:alice@192.0.2.8", "<urn:uuid:1>") with { RegId = 2 });
        Register(Contact("sip:alice@192.0.2.9", "<urn:uuid:1>") with { RegId = 1 });

        Assert.Equal(["sip:alice@192.0.2.8", "sip:alice@192.0.2.9"], Uris());
    }

    [Fact]
    public void Device_that_names_two_contacts_at_once_keeps_both()
    {
        for (var i = 0; i < 2; i++)
            Register(Contact("sip:alice@192.0.2.7", "<urn:uuid:1>"), Contact("sip:alice@192.0.2.7;transport=tcp", "<urn:uuid:1>"));

        Assert.Equal(2, Uris().Count());
    }

    [Fact]
    public void Device_that_moves_does_not_count_twice()
    {
        Register(Contact("sip:alice@192.0.2.1"), Contact("sip:alice@192.0.2.2"), Contact("sip:alice@192.0.2.7", "<urn:uuid:1>"));

        Assert.IsType<RegisterResult.Bound>(Register(Contact("sip:alice@192.0.2.8", "<urn:uuid:1>")));
        Assert.Equal(new RegisterResult.Refused(403), Register(Contact("sip:alice@192.0.2.9", "<urn:uuid:2>")));
    }

    [Fact]
    public void Overtaken_request_does_not_move_a_device_back()
    {
        _registrar.Handle(Request() with { CSeq = 7, Contacts = [Contact("sip:alice@192.0.2.8", "<urn:uuid:1>")] }, Noon);

        Assert.Equal(
            new RegisterResult.Refused(500), _registrar.Handle(Request() with { CSeq = 6, Contacts = [Contact("sip:alice@192.0.2.7", "<urn:uuid:1>")] }, Noon));
    }

    // Carried by, the contact, behind a NAT: protocol and address of the way to it.
    [Theory]
    [InlineData(SipTransportProtocol.Udp, "sip:a@192.0.2.9", false, SipTransportProtocol.Udp, "192.0.2.9:5060")]
    [InlineData(SipTransportProtocol.Udp, "sip:a@192.0.2.9", true, SipTransportProtocol.Udp, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Udp, "sip:a@192.0.2.9;transport=tcp", false, SipTransportProtocol.Tcp, "192.0.2.9:5060")]
    [InlineData(SipTransportProtocol.Udp, "sip:a@192.0.2.9;transport=tcp", true, SipTransportProtocol.Udp, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Udp, "sip:a@192.0.2.9;transport=TLS", true, SipTransportProtocol.Tls, "192.0.2.9:5061")]
    [InlineData(SipTransportProtocol.Udp, "sips:a@192.0.2.9:5071", false, SipTransportProtocol.Tls, "192.0.2.9:5071")]
    [InlineData(SipTransportProtocol.Tcp, "sip:a@192.0.2.9;transport=tcp", false, SipTransportProtocol.Tcp, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Tcp, "sip:a@192.0.2.9", false, SipTransportProtocol.Tcp, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Tcp, "sip:a@192.0.2.9;transport=udp", false, SipTransportProtocol.Udp, "192.0.2.9:5060")]
    [InlineData(SipTransportProtocol.Tcp, "sip:a@phone.local;transport=udp", false, SipTransportProtocol.Tcp, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Tls, "sip:a@192.0.2.9;transport=tcp", true, SipTransportProtocol.Tls, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Tls, "sips:a@192.0.2.9", true, SipTransportProtocol.Tls, "192.0.2.7:5060")]
    [InlineData(SipTransportProtocol.Udp, "sip:a@192.0.2.9;transport=sctp", false, SipTransportProtocol.Udp, "192.0.2.7:5060")]
    public void Way_to_a_contact_is_the_connection_it_came_by_or_what_it_names(
        SipTransportProtocol carrier, string uri, bool behindNat, SipTransportProtocol protocol, string address)
    {
        _registrar.Handle(Request() with { Contacts = [Contact(uri)], From = new(Phone, Ours, behindNat) { Protocol = carrier } }, Noon);

        var binding = Assert.Single(_registrar.Contacts(Alice));
        Assert.Equal(protocol, binding.Protocol);
        Assert.Equal(address, binding.Address.ToString());
        Assert.Equal(Ours, binding.Local);
    }

    [Fact]
    public void Preference_and_device_are_kept_and_told_again()
    {
        var result = Register(
            Contact("sip:a@192.0.2.7", "<urn:uuid:1>") with { QThousandths = 500, RegId = 1 }, Contact("sip:b@192.0.2.7") with { QThousandths = 0 }, Contact("sip:c@192.0.2.7"));

        Assert.Equal([500, 0, 1000], _registrar.Contacts(Alice).Select(binding => binding.QThousandths));
        Assert.Equal(
            [";q=0.5;+sip.instance=\"<urn:uuid:1>\";reg-id=1", ";q=0", ""], Assert.IsType<RegisterResult.Bound>(result).Contacts.Select(contact => contact.Parameters));
    }

    [Fact]
    public async Task Everything_about_a_contact_survives_a_restart()
    {
        var contact = Contact("sip:a@192.0.2.7;transport=udp", "<urn:uuid:1>") with { QThousandths = 500, RegId = 3 };
        Register(contact);
        var next = Create();

        next.Load(await _store.LoadAsync("sip", default), _ => true, Noon);

        Assert.Equal(Assert.Single(_registrar.Contacts(Alice)), Assert.Single(next.Contacts(Alice)));
    }

    [Fact]
    public void What_an_older_version_stored_is_a_contact_by_udp()
    {
        var binding = ContactBinding.FromStored(new(
            "sip", Alice, "sip:a@192.0.2.7", Noon, """{"address":"192.0.2.7:5060","local":"192.0.2.1:5060","callId":"c","cSeq":4}"""));

        Assert.Equal(
            new ContactBinding { Endpoint = Alice, Uri = "sip:a@192.0.2.7", Address = Phone, Local = Ours, CallId = "c", CSeq = 4, ExpiresAt = Noon },
            binding);
        Assert.Equal((SipTransportProtocol.Udp, 1000), (binding!.Protocol, binding.QThousandths));
    }

    [Fact]
    public void Stored_transport_that_nobody_knows_is_not_a_binding() => Assert.Null(ContactBinding.FromStored(new(
        "sip", Alice, "sip:a@192.0.2.7", Noon, """{"address":"192.0.2.7:5060","local":"192.0.2.1:5060","callId":"c","cSeq":4,"protocol":"Pigeon"}""")));

    [Fact]
    public async Task Closed_connection_takes_the_contacts_it_carried_with_it()
    {
        Over(SipTransportProtocol.Tcp, Phone, "sip:a@10.0.0.1;transport=tcp", "sip:b@10.0.0.1;transport=tcp");
        Over(SipTransportProtocol.Udp, Phone, "sip:c@192.0.2.7:5060");

        _registrar.Closed(new(SipTransportProtocol.Tcp, IPEndPoint.Parse("192.0.2.7:5061")));
        Assert.Equal(3, Uris().Count());

        _registrar.Closed(new(SipTransportProtocol.Tcp, IPEndPoint.Parse("192.0.2.7:5060")));
        Assert.Equal(["sip:c@192.0.2.7:5060"], Uris());
        Assert.Single(await _store.LoadAsync("sip", default));
        Assert.Equal(["alice up"], _events);
    }

    [Fact]
    public void Old_connection_of_a_phone_that_is_back_by_a_new_one_takes_nothing_with_it()
    {
        Over(SipTransportProtocol.Tcp, Phone, "sip:a@10.0.0.1;transport=tcp");
        var back = IPEndPoint.Parse("192.0.2.7:40001");
        Over(SipTransportProtocol.Tcp, back, "sip:a@10.0.0.1;transport=tcp");

        _registrar.Closed(new(SipTransportProtocol.Tcp, Phone));
        Assert.Equal(["alice up"], _events);

        _registrar.Closed(new(SipTransportProtocol.Tcp, back));
        Assert.Equal(["alice up", "alice down"], _events);
    }

    [Fact]
    public void Connection_that_we_have_opened_to_a_phone_may_close_without_losing_it()
    {
        Over(SipTransportProtocol.Udp, Phone, "sips:a@192.0.2.7:5061");

        _registrar.Closed(new(SipTransportProtocol.Tls, IPEndPoint.Parse("192.0.2.7:5061")));

        Assert.Equal(["alice up"], _events);
        Assert.Equal((SipTransportProtocol.Tls, false), (_registrar.Contacts(Alice)[0].Protocol, _registrar.Contacts(Alice)[0].IsOverConnection));
    }

    [Fact]
    public async Task Phone_whose_connection_died_with_the_process_is_tried_at_its_own_address_and_counts_when_it_has_answered()
    {
        Over(SipTransportProtocol.Tcp, IPEndPoint.Parse("192.0.2.7:40001"), "sip:a@192.0.2.7:5060;transport=tcp");
        _events.Clear();
        var next = Create();

        next.Load(await _store.LoadAsync("sip", default), _ => true, Noon, isProbed: true);

        var binding = Assert.Single(next.Contacts(Alice));
        Assert.Equal("192.0.2.7:5060", binding.Address.ToString());
        Assert.Empty(_events);

        next.SetAlive(binding.Key, isAlive: true, TimeSpan.FromMilliseconds(20));
        Assert.Equal(["alice up"], _events);
        Assert.Equal(TimeSpan.FromMilliseconds(20), next.Contacts(Alice)[0].RoundTrip);
    }

    [Fact]
    public void Endpoint_is_lost_when_none_of_its_contacts_answers()
    {
        Register(Contact("sip:a@192.0.2.7"), Contact("sip:b@192.0.2.8"));
        var keys = _registrar.Contacts(Alice).Select(binding => binding.Key).ToArray();

        _registrar.SetAlive(keys[0], isAlive: false, null);
        Assert.Equal(["alice up"], _events);
        _registrar.SetAlive(keys[1], isAlive: false, null);
        Assert.Equal(["alice up", "alice down"], _events);

        Register(Contact("sip:a@192.0.2.7"));
        Assert.Equal(["alice up", "alice down", "alice up"], _events);
        Assert.Equal(2, Uris().Count());
    }

    [Fact]
    public void Configured_contact_is_not_told_to_phones_and_not_taken_back_by_them()
    {
        _registrar.AddFixed(new()
        {
            Endpoint = Alice,
            Uri = "sip:alice@192.0.2.50",
            Address = IPEndPoint.Parse("192.0.2.50:5060"),
            Local = null,
            CallId = "",
            CSeq = 0,
            ExpiresAt = DateTimeOffset.MaxValue,
            IsFixed = true,
        });

        Assert.Single(Assert.IsType<RegisterResult.Bound>(Register(Contact("sip:alice@192.0.2.50"))).Contacts);
        Assert.Equal(2, Uris().Count());
        _registrar.Handle(Request() with { Everything = true, Expires = 0 }, Noon);

        Assert.Equal(["sip:alice@192.0.2.50"], Uris());
        Assert.Equal(["alice up"], _events);
    }

    [Fact]
    public void Contact_that_comes_and_goes_stands_in_the_queue_of_expiries_once()
    {
        var expiries = new ContactExpiries();
        var key = new ContactKey(Alice, "sip:a@192.0.2.7", IsFixed: false);
        for (var i = 0; i < 100; i++)
            expiries.Add(key, Noon.AddSeconds(i));

        Assert.Equal(Noon, expiries.Next);
        Assert.True(expiries.TryTake(Noon, out var taken));
        Assert.Equal(key, taken);
        Assert.Null(expiries.Next);
    }

    [Fact]
    public void Contact_whose_time_was_shortened_is_looked_at_once()
    {
        var expiries = new ContactExpiries();
        var key = new ContactKey(Alice, "sip:a@192.0.2.7", IsFixed: false);
        expiries.Add(key, Noon.AddSeconds(100));
        expiries.Add(key, Noon);

        Assert.True(expiries.TryTake(Noon.AddSeconds(100), out _));
        Assert.False(expiries.TryTake(Noon.AddSeconds(100), out _));
    }

    private SipRegistrar Create() => new(
        "sip", new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(3600), MaxContacts: 3), _store,
        (endpoint, reachable) => _events.Add($"{endpoint} {(reachable ? "up" : "down")}"));

    private IEnumerable<string> Uris() => _registrar.Contacts(Alice).Select(binding => binding.Uri);

    private RegisterResult Register(params RegisterContact[] contacts) => _registrar.Handle(Request() with { Contacts = contacts }, Noon);

    private void Over(SipTransportProtocol protocol, IPEndPoint peer, params string[] uris) => Assert.IsType<RegisterResult.Bound>(_registrar.Handle(
        Request() with { Contacts = [.. uris.Select(uri => Contact(uri))], From = new(peer, Ours, BehindNat: true) { Protocol = protocol } }, Noon));

    private RegisterRequest Request() => new(Alice, "call-1", ++_cseq, new(Phone, Ours, BehindNat: false));

    private static RegisterContact Contact(string uri, string? instance = null)
    {
        var (address, protocol) = ContactUri.Read(uri);
        return new(uri, address, null) { Protocol = protocol, Instance = instance };
    }
}

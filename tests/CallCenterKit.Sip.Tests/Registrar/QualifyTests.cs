using System.Net;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Registrar;

public sealed class QualifyTests
{
    private static readonly EndpointId Alice = new("alice");

    [Fact]
    public async Task Registered_phone_is_asked_within_the_interval_whether_it_is_there()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070;line=1>");

        sip.Advance(26_990);
        Assert.Empty(sip.SentOf("OPTIONS"));
        sip.Advance(3_020);

        var asked = sip.SentOf("OPTIONS").First();
        Assert.Equal("OPTIONS sip:alice@192.0.2.1:5070;line=1 SIP/2.0", asked.StartLine);
        Assert.Equal("192.0.2.1:5070", asked.To.ToString());
        Assert.Equal("<sip:192.0.2.99:5060>", asked.Header("Contact"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(100)]
    public async Task Whatever_it_answers_it_is_there(int status)
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070>", extra: "Expires: 3600\n");

        for (var i = 0; i < 5; i++)
        {
            var asked = AdvanceToQuestion(sip);
            sip.Advance(20);
            sip.Respond(asked, status);
        }

        Assert.Equal(["alice reachable"], sip.Told);
        Assert.Equal(TimeSpan.FromMilliseconds(20), Assert.Single(sip.Driver.HealthOf(Alice)!.Contacts).RoundTrip);
    }

    [Fact]
    public async Task Silent_phone_is_lost_after_two_questions_and_not_rung_but_stays_registered()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070>");
        AdvanceToQuestion(sip);

        sip.Advance(7_980);
        Assert.Equal(["alice reachable"], sip.Told);
        sip.Advance(40);

        Assert.Equal(["alice reachable", "alice lost"], sip.Told);
        Assert.False(sip.Driver.IsReachable(Alice));
        Assert.Equal(new DialOutcome.Unreachable("Endpoint 'alice' does not answer."), await sip.DialAsync(new DialTarget.ToEndpoint(Alice)));
        Assert.False(Assert.Single(sip.Driver.HealthOf(Alice)!.Contacts).IsAlive);
    }

    [Fact]
    public async Task Lost_phone_is_asked_on_and_is_back_with_its_answer()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070>");
        AdvanceToQuestion(sip);
        sip.Advance(8_020);

        var asked = AdvanceToQuestion(sip);
        sip.Respond(asked, 200);

        Assert.Equal(["alice reachable", "alice lost", "alice reachable"], sip.Told);
        var health = sip.Driver.HealthOf(Alice)!;
        Assert.Equal(1, health.TimesLost);
        Assert.InRange(health.Unreachable.TotalSeconds, 27, 30.1);
    }

    [Fact]
    public async Task Answer_to_the_second_question_is_in_time()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070>");
        var first = AdvanceToQuestion(sip);
        sip.Advance(5_000);

        sip.Respond(sip.SentOf("OPTIONS").Last(), 200);
        AdvanceToQuestion(sip);
        sip.Advance(5_000);

        Assert.NotEqual(first.Header("Call-ID"), sip.SentOf("OPTIONS").Last().Header("Call-ID"));
        Assert.Equal(["alice reachable"], sip.Told);
    }

    [Fact]
    public async Task Lost_phone_is_back_when_it_registers_or_calls()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5060>");
        AdvanceToQuestion(sip);
        sip.Advance(8_020);

        sip.Register("<sip:alice@192.0.2.1:5060>");
        Assert.Equal("alice reachable", sip.Told[^1]);
        AdvanceToQuestion(sip);
        sip.Advance(8_020);
        Assert.Equal("alice lost", sip.Told[^1]);

        var challenge = sip.Ask("INVITE", body: DriverHarness.Sdp, from: "alice");
        sip.Transport.Receive(sip.Request(
            "INVITE", $"Authorization: {DriverHarness.Authorize(challenge, "INVITE", "alice", "secret")}\n", cseq: 90, body: DriverHarness.Sdp, from: "alice"));
        Assert.Contains("alice reachable", sip.Told[^2..]);
    }

    [Fact]
    public async Task Phone_that_registers_again_is_not_asked_meanwhile()
    {
        await using var sip = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            sip.Register("<sip:alice@192.0.2.1:5070>");
            sip.Advance(26_000);
        }

        Assert.Empty(sip.SentOf("OPTIONS"));
    }

    [Fact]
    public async Task Question_that_was_given_up_is_not_repeated()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070>");
        var first = AdvanceToQuestion(sip);
        sip.Advance(26_000);

        var times = sip.SentOf("OPTIONS").Where(sending => sending.Header("Call-ID") == first.Header("Call-ID")).Select(sending => (sending.At - first.At).TotalMilliseconds);
        Assert.Equal([0, 500, 1500, 3500], times);
    }

    [Fact]
    public async Task Nobody_is_asked_when_that_is_off()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.QualifyInterval = TimeSpan.Zero);
        sip.Register("<sip:alice@192.0.2.1:5070>");

        sip.Advance(500_000);

        Assert.Empty(sip.SentOf("OPTIONS"));
    }

    [Fact]
    public async Task Configured_contact_is_asked_too()
    {
        await using var sip = await StartAsync(options => options.Accounts.Add(new() { Endpoint = "desk", Contact = "sip:desk@192.0.2.30" }));
        Assert.Equal(["desk reachable"], sip.Told);

        sip.Advance(30_000 + 8_040);

        Assert.Equal(["desk reachable", "desk lost"], sip.Told);
        Assert.False(sip.Driver.IsReachable(new("desk")));
        Assert.Equal("192.0.2.30:5060", sip.SentOf("OPTIONS").First().To.ToString());
    }

    [Fact]
    public async Task Phone_that_unregistered_is_not_asked()
    {
        await using var sip = await StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070>");
        sip.Register("*", extra: "Expires: 0\n");

        sip.Advance(60_000);

        Assert.Empty(sip.SentOf("OPTIONS"));
    }

    [Fact]
    public async Task After_a_restart_the_questions_are_spread_over_the_interval()
    {
        var store = new InMemoryRegistrationStore();
        void AddPhones(SipOptions options)
        {
            for (var i = 0; i < 100; i++)
                options.Accounts.Add(new() { Endpoint = $"phone{i}", Contact = $"sip:phone{i}@192.0.2.30:{6000 + i}" });
        }
        await using var sip = await StartAsync(AddPhones, store);

        sip.Advance(30_010);

        var firsts = sip.SentOf("OPTIONS").GroupBy(sending => sending.To.Port).Select(group => (int)group.First().At.TotalSeconds).ToList();
        Assert.Equal(100, firsts.Count);
        Assert.All(firsts.GroupBy(second => second / 10), third => Assert.InRange(third.Count(), 10, 60));
    }

    [Fact]
    public async Task Contact_that_no_socket_leads_to_is_lost()
    {
        await using var sip = await StartAsync(options => options.Accounts.Add(new() { Endpoint = "desk", Contact = "sip:desk@192.0.2.30;transport=tcp" }));

        sip.Advance(30_000 + 8_040);

        Assert.Equal(["desk reachable", "desk lost"], sip.Told);
        Assert.Empty(sip.SentOf("OPTIONS"));
    }

    [Theory]
    [InlineData(SipTransportProtocol.Tcp, "alice lost")]
    [InlineData(SipTransportProtocol.Udp, "alice reachable")]
    public void Closed_connection_is_told_at_once(SipTransportProtocol protocol, string told)
    {
        using var harness = new Harness(protocol);
        List<string> events = [];
        var registrar = new SipRegistrar(
            "sip", new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(3600), 2), new InMemoryRegistrationStore(),
            (endpoint, reachable) => events.Add($"{endpoint} {(reachable ? "reachable" : "lost")}"));
        var host = new RegistrarHost(registrar, harness.Time, new());
        host.Start(harness.Worker);
        var phone = IPEndPoint.Parse("192.0.2.7:40000");
        host.Handle(
            new(Alice, "c", 1, new(phone, harness.Transport.LocalEndPoint, BehindNat: true) { Protocol = protocol }) { Contacts = [new("sip:alice@10.0.0.1", null, null)] },
            harness.Worker, _ => { });

        host.Closed(protocol, IPEndPoint.Parse("192.0.2.7:40000"));

        Assert.Equal(told, events[^1]);
    }

    private static Task<DriverHarness> StartAsync(Action<SipOptions>? configure = null, IRegistrationStore? store = null) => DriverHarness.StartAsync(
        options =>
        {
            options.QualifyInterval = TimeSpan.FromSeconds(30);
            configure?.Invoke(options);
        },
        store);

    // Time stands when the next question is sent.
    private static FakeTransport.Sending AdvanceToQuestion(DriverHarness sip)
    {
        var known = sip.SentOf("OPTIONS").Count();
        while (sip.SentOf("OPTIONS").Count() == known)
            sip.Time.Advance(sip.Time.NextDue!.Value - sip.Time.GetUtcNow());
        return sip.SentOf("OPTIONS").Last();
    }
}

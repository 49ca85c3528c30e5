using System.Net;

namespace CallCenterKit.Testing.Phones;

public sealed class RegistrationTests : IAsyncDisposable
{
    private static readonly ScriptedPhoneOptions Options = new()
    {
        User = "1001",
        Local = IPEndPoint.Parse("10.0.0.1:5060"),
        Server = ScriptedRegistrar.Address,
        Password = ScriptedRegistrar.Password,
    };

    private readonly VirtualTimeProvider _time = new();
    private readonly VirtualNetwork _network;
    private readonly ScriptedRegistrar _registrar;
    private readonly List<ScriptedPhone> _phones = [];

    public RegistrationTests()
    {
        _network = new VirtualNetwork(_time);
        _registrar = new ScriptedRegistrar(_network);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_challenge_is_answered_with_and_without_qop(bool usesQop)
    {
        _registrar.UsesQop = usesQop;

        var outcome = await UntilAsync(Phone(Options).RegisterAsync());

        Assert.Equal(new ScriptedRegistrationOutcome.Registered(TimeSpan.FromSeconds(60)), outcome);
        Assert.Equal(Options.Local, _registrar.Bindings["1001"]);
    }

    [Fact]
    public async Task A_registration_is_refreshed_at_half_of_what_was_granted_until_it_is_removed()
    {
        var phone = Phone(Options);
        await UntilAsync(phone.RegisterAsync(TimeSpan.FromMinutes(5)));

        await _time.AdvanceAsync(TimeSpan.FromSeconds(95));
        Assert.Equal([300, 300, 300, 300], _registrar.AskedExpires);
        Assert.Equal(new ScriptedRegistrationOutcome.Registered(TimeSpan.Zero), await UntilAsync(phone.UnregisterAsync()));
        Assert.Empty(_registrar.Bindings);
        await _time.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(5, _registrar.AskedExpires.Count);
    }

    [Fact]
    public async Task A_registration_can_be_left_to_expire()
    {
        await UntilAsync(Phone(Options with { RefreshRegistration = false }).RegisterAsync());

        await _time.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Single(_registrar.AskedExpires);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_fails()
    {
        var phone = Phone(Options with { Password = "wrong" });

        Assert.Equal(401, Assert.IsType<ScriptedRegistrationOutcome.Failed>(await UntilAsync(phone.RegisterAsync())).Status);
        Assert.Equal(2, phone.Trace.Count(line => line.IsSent));
        Assert.Empty(_registrar.Bindings);
    }

    [Fact]
    public async Task Without_a_password_the_challenge_is_the_outcome()
    {
        var phone = Phone(Options with { Password = null });

        Assert.Equal(401, Assert.IsType<ScriptedRegistrationOutcome.Failed>(await UntilAsync(phone.RegisterAsync())).Status);
        Assert.Equal(1, phone.Trace.Count(line => line.IsSent));
    }

    [Fact]
    public async Task A_registrar_that_is_silent_is_asked_eleven_times()
    {
        _network.DropWhen = (_, to, _) => to.Equals(ScriptedRegistrar.Address);
        var phone = Phone(Options);

        Assert.IsType<ScriptedRegistrationOutcome.TimedOut>(await UntilAsync(phone.RegisterAsync()));

        var first = phone.Trace[0].At;
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], phone.Trace.Select(line => (line.At - first).TotalSeconds));
    }

    [Fact]
    public async Task A_call_answers_the_proxy_and_acknowledges_both_failures()
    {
        var phone = Phone(Options);

        Assert.Equal(404, Assert.IsType<ScriptedCallOutcome.Failed>(await UntilAsync(phone.CallAsync("support"))).Status);

        var requests = phone.Trace.Where(line => line.IsSent).Select(line => line.Text).ToList();
        Assert.Equal(["INVITE", "ACK", "INVITE", "ACK"], requests.Select(text => text.Split(' ')[0]));
        Assert.All(requests, text => Assert.StartsWith("sip:support@10.0.0.100 ", text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal));
        Assert.Contains("CSeq: 2 INVITE", requests[2], StringComparison.Ordinal);
        Assert.Contains("Proxy-Authorization: Digest username=\"1001\"", requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_nonce_is_replaced_without_giving_up()
    {
        var phone = Phone(Options);
        var challenges = 0;
        _network.DropWhen = (from, _, bytes) =>
        {
            if (from.Equals(ScriptedRegistrar.Address) && bytes.Span.StartsWith("SIP/2.0 401"u8) && ++challenges == 1)
                _registrar.Nonce = "n2";
            return false;
        };

        Assert.IsType<ScriptedRegistrationOutcome.Registered>(await UntilAsync(phone.RegisterAsync()));
        Assert.Equal(2, challenges);
    }

    [Fact]
    public async Task Anything_can_be_sent_raw()
    {
        var phone = Phone(Options);

        phone.SendRaw("OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n");
        await _time.AdvanceAsync(TimeSpan.Zero);

        Assert.StartsWith("SIP/2.0 407", phone.Trace[^1].StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_phone_without_server_needs_an_address_to_call() =>
        Assert.Throws<ArgumentException>(() => Phone(Options with { Server = null }).Dial("sip:bob@example.org"));

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones)
            await phone.DisposeAsync();
        _network.Dispose();
    }

    private ScriptedPhone Phone(ScriptedPhoneOptions options)
    {
        var phone = new ScriptedPhone(options, _network, _time);
        _phones.Add(phone);
        return phone;
    }

    private Task<T> UntilAsync<T>(Task<T> task) => _time.AdvanceUntilAsync(task, TimeSpan.FromMinutes(2));
}

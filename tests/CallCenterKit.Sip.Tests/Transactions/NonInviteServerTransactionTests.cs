using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 8, arrow by arrow.</summary>
public sealed class NonInviteServerTransactionTests : IDisposable
{
    private readonly Harness _harness = new();

    public void Dispose() => _harness.Dispose();

    private SipServerTransaction Receive()
    {
        _harness.ReceiveRequest("OPTIONS");
        return _harness.Server!;
    }

    [Fact]
    public void Repetition_before_any_response_is_absorbed()
    {
        var transaction = Receive();
        _harness.ReceiveRequest("OPTIONS");
        _harness.Advance(60_000);

        Assert.Equal(SipTransactionState.Trying, transaction.State);
        Assert.Empty(_harness.Transport.Sent);
        Assert.Equal(["request OPTIONS"], _harness.Told);
    }

    [Fact]
    public void Repetition_gets_the_provisional_response_again()
    {
        var transaction = Receive();
        transaction.Respond(182);
        transaction.Respond(183);
        _harness.ReceiveRequest("OPTIONS");

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["SIP/2.0 182 Queued", "SIP/2.0 183 Session Progress", "SIP/2.0 183 Session Progress"],
            _harness.Transport.Sent.Select(sending => sending.StartLine));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(404, true)]
    public void Final_response_is_repeated_on_demand_for_64_t1(int status, bool afterProvisional)
    {
        var transaction = Receive();
        if (afterProvisional) transaction.Respond(100);
        transaction.Respond(status);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _harness.Advance(31_990);
        _harness.ReceiveRequest("OPTIONS");
        Assert.Equal([0, 31_990], _harness.Transport.TimesOf($"SIP/2.0 {status}"));
        _harness.Advance(10); // timer J
        Assert.Equal(SipTransactionState.Terminated, transaction.State);

        _harness.ReceiveRequest("OPTIONS");
        Assert.Equal(["request OPTIONS", "request OPTIONS"], _harness.Told);
    }

    [Fact]
    public void Over_a_stream_the_final_response_ends_it()
    {
        using var harness = new Harness(SipTransportProtocol.Tcp);
        harness.ReceiveRequest("OPTIONS");
        harness.Server!.Respond(200);

        Assert.Equal(SipTransactionState.Terminated, harness.Server.State);
    }

    [Fact]
    public void Transport_error_ends_it()
    {
        var first = Receive();
        _harness.Transport.Fails = true;
        first.Respond(100);
        var second = Receive();
        second.Respond(200);

        Assert.Equal(SipTransactionState.Terminated, first.State);
        Assert.Equal(SipTransactionState.Terminated, second.State);
        Assert.Equal(["request OPTIONS", "server TransportError", "request OPTIONS", "server TransportError"], _harness.Told);
    }
}

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>One request that comes by several ways (RFC 3261 §8.2.2.2).</summary>
public sealed class MergedRequestTests : IDisposable
{
    private readonly Harness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("INVITE")]
    [InlineData("OPTIONS")]
    [InlineData("FROBNICATE")]
    public void Same_request_by_another_way_is_a_loop_and_told_to_nobody(string method)
    {
        _harness.ReceiveRequest(method);
        _harness.ReceiveRequest(method, branch: "z9hG4bKtwo");

        Assert.Equal([$"request {method}"], _harness.Told);
        Assert.Equal("SIP/2.0 482 Loop Detected", Assert.Single(_harness.Transport.Sent).StartLine);
        _harness.ReceiveRequest(method, branch: "z9hG4bKtwo");
        Assert.Equal(2, _harness.Transport.TimesOf("SIP/2.0 482").Count());
    }

    [Theory]
    [InlineData("CSeq: 9", "CSeq: 10")]
    [InlineData("Call-ID: call", "Call-ID: other")]
    [InlineData("sip:a@example.com>;tag=1", "sip:a@example.com>;tag=2")]
    [InlineData("INFO", "OPTIONS")]
    [InlineData("To: <sip:b@example.com>", "To: <sip:b@example.com>;tag=9")]
    public void Another_request_is_another_one(string text, string other)
    {
        _harness.ReceiveRequest("INFO");

        _harness.Transport.Receive(Harness.Request("INFO", branch: "z9hG4bKtwo").Replace(text, other, StringComparison.Ordinal));

        Assert.Equal(2, _harness.Told.Count);
        Assert.Empty(_harness.Transport.Sent);
    }

    [Fact]
    public void Requests_within_a_dialog_are_told_apart_by_their_branch_only()
    {
        _harness.ReceiveRequest("INFO", toTag: "x");
        _harness.ReceiveRequest("INFO", branch: "z9hG4bKtwo", toTag: "x");

        Assert.Equal(2, _harness.Told.Count);
    }

    [Fact]
    public void First_one_stands_as_long_as_its_transaction_whatever_becomes_of_the_others()
    {
        _harness.ReceiveRequest("INVITE");
        _harness.ReceiveRequest("INVITE", branch: "z9hG4bKtwo");
        _harness.ReceiveRequest("ACK", branch: "z9hG4bKtwo", toTag: "x");
        _harness.Advance(40_000); // the 482 is acknowledged and forgotten
        Assert.Equal(1, _harness.Layer.ServerCount);

        _harness.ReceiveRequest("INVITE", branch: "z9hG4bKthree");
        Assert.Equal(2, _harness.Transport.TimesOf("SIP/2.0 482").Count());
        _harness.ReceiveRequest("ACK", branch: "z9hG4bKthree", toTag: "x");

        _harness.Server!.Respond(486);
        _harness.ReceiveRequest("ACK", toTag: "x");
        _harness.Advance(40_000);
        Assert.Equal(0, _harness.Layer.ServerCount);
        _harness.ReceiveRequest("INVITE", branch: "z9hG4bKfour");
        Assert.Equal(["request INVITE", "request INVITE"], _harness.Told);
    }

    [Fact]
    public void Cancel_of_what_was_merged_is_answered()
    {
        _harness.ReceiveRequest("INVITE");
        _harness.ReceiveRequest("INVITE", branch: "z9hG4bKtwo");

        _harness.ReceiveRequest("CANCEL", branch: "z9hG4bKtwo");

        Assert.Equal("SIP/2.0 200 OK", _harness.Transport.Sent[^1].StartLine);
        Assert.Equal(["request INVITE"], _harness.Told);
    }
}

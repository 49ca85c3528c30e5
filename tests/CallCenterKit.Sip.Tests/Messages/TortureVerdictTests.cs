using System.Net;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>Each torture message through a whole driver, which goes on answering others.</summary>
public sealed class TortureVerdictTests
{
    private static readonly IPEndPoint Ipv6Peer = new(IPAddress.Parse("2001:db8::9:1"), 5060);

    public static TheoryData<string> Rfc4475 => [.. TortureVerdicts.Rfc4475.Select(verdict => verdict.Name)];

    public static TheoryData<string> Rfc5118 => [.. TortureVerdicts.Rfc5118.Select(verdict => verdict.Name)];

    [Theory]
    [MemberData(nameof(Rfc4475))]
    public async Task Message_of_RFC_4475_gets_the_answer_of_the_table(string name) => Assert.Equal(
        TortureVerdicts.Rfc4475.Single(verdict => verdict.Name == name).Answer, await AnswerAsync(TortureMessages.Rfc4475[name], FakeTransport.Peer));

    [Theory]
    [MemberData(nameof(Rfc5118))]
    public async Task Message_of_RFC_5118_gets_the_answer_of_the_table(string name) => Assert.Equal(
        TortureVerdicts.Rfc5118.Single(verdict => verdict.Name == name).Answer, await AnswerAsync(TortureMessages.Rfc5118[name], Ipv6Peer));

    [Theory]
    [InlineData("cparam01", "<sip:+19725552222@gw1.example.net>;expires=600")]
    [InlineData("cparam02", "<sip:+19725552222@gw1.example.net;unknownparam>;expires=600")]
    [InlineData("regescrt", "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>;expires=600")]
    [InlineData("escnull", "<sip:%00@host5.example.com>;expires=600", "<sip:%00%00@host5.example.com>;expires=600")]
    public async Task Address_is_bound_as_it_was_written(string name, params string[] contacts)
    {
        await using var sip = await StartAsync(TortureMessages.Rfc4475[name]);

        sip.Transport.Receive(Sign(sip, TortureMessages.Rfc4475[name], FakeTransport.Peer));

        Assert.Equal(contacts, sip.Last.Text.Split("\r\n").Where(line => line.StartsWith("Contact: ", StringComparison.Ordinal)).Select(line => line["Contact: ".Length..]));
    }

    [Theory]
    [InlineData("bext01", "Unsupported", "nothingSupportsThis, nothingSupportsThisEither")]
    [InlineData("invut", "Accept", "application/sdp")]
    public async Task Refusal_says_what_would_be_taken(string name, string header, string value)
    {
        await using var sip = await StartAsync(TortureMessages.Rfc4475[name]);

        sip.Transport.Receive(TortureMessages.Rfc4475[name]);

        Assert.Equal(value, string.Join(", ", sip.Last.Text.Split("\r\n").Where(line => line.StartsWith(header + ": ", StringComparison.Ordinal)).Select(line => line[(header.Length + 2)..])));
    }

    [Fact]
    public async Task Audio_at_its_own_address_is_taken_and_video_declined()
    {
        await using var sip = await StartAsync(TortureMessages.Rfc5118["mult-ip-in-sdp"]);

        sip.Transport.Receive(TortureMessages.Rfc5118["mult-ip-in-sdp"], Ipv6Peer);
        await sip.Call.AnswerAsync(default);

        Assert.Contains("m=audio 16384 RTP/AVP 0", sip.Last.Text, StringComparison.Ordinal);
        Assert.Contains("m=video 0 RTP/AVP 107", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_message_has_its_verdict()
    {
        Assert.Equal(49, TortureVerdicts.Rfc4475.Count);
        Assert.Equal(12, TortureVerdicts.Rfc5118.Count);
        Assert.Equal(TortureMessages.Rfc4475.Keys.Order(StringComparer.Ordinal), TortureVerdicts.Rfc4475.Select(verdict => verdict.Name).Order(StringComparer.Ordinal));
        Assert.Equal(TortureMessages.Rfc5118.Keys.Order(StringComparer.Ordinal), TortureVerdicts.Rfc5118.Select(verdict => verdict.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("RFC 4475")]
    [InlineData("RFC 5118")]
    public void Table_of_the_document_is_what_is_tested(string document)
    {
        var verdicts = document == "RFC 4475" ? TortureVerdicts.Rfc4475 : TortureVerdicts.Rfc5118;

        Assert.Equal(string.Join('\n', verdicts.Select(verdict => verdict.ToRow())), CoverageDocument.RowsBelow($"## {document}"));
    }

    [Theory]
    [InlineData("rfc4475", 49)]
    [InlineData("rfc5118", 12)]
    public void Messages_equal_the_vectors_byte_for_byte(string folder, int count)
    {
        var messages = folder == "rfc4475" ? TortureMessages.Rfc4475 : TortureMessages.Rfc5118;
        Assert.Equal(count, messages.Count);
        if (Environment.GetEnvironmentVariable("CALLCENTERKIT_VECTORS") is not { Length: > 0 } vectors) return; // not at hand: CI has them

        Assert.Equal(count, Directory.GetFiles(Path.Combine(vectors, folder), "*.dat").Length);
        Assert.All(messages, message => Assert.Equal(File.ReadAllBytes(Path.Combine(vectors, folder, message.Key + ".dat")), message.Value));
    }

    private static async Task<string> AnswerAsync(byte[] message, IPEndPoint from)
    {
        var answer = await AnswerAsync(message, from, isSigned: false);
        return answer.StartsWith("401", StringComparison.Ordinal) ? $"{answer}; with the password {await AnswerAsync(message, from, isSigned: true)}" : answer;
    }

    private static async Task<string> AnswerAsync(byte[] message, IPEndPoint from, bool isSigned)
    {
        await using var sip = await StartAsync(message);
        if (isSigned) message = Sign(sip, message, from);
        sip.Transport.Receive(message, from);
        var answer = Describe(sip);

        Assert.Equal("SIP/2.0 200 OK", sip.Ask("OPTIONS").StartLine);
        Assert.Equal(0, sip.Driver.Stack!.Snapshot().Faults);
        return answer;
    }

    private static Task<DriverHarness> StartAsync(byte[] message) => DriverHarness.StartAsync(options =>
    {
        options.TrustedPeers.Add(new() { Name = "lab", Address = "192.0.2.1" });
        options.TrustedPeers.Add(new() { Name = "lab6", Address = "2001:db8::/32" });
        if (UserOf(message) is { Length: > 0 } user) options.Accounts.Add(new() { Endpoint = "tortured", User = user, Password = "rack" });
    });

    private static string Describe(DriverHarness sip)
    {
        if (sip.Told.Exists(line => line.StartsWith("incoming", StringComparison.Ordinal)))
        {
            Assert.Empty(sip.Sent);
            sip.Call.HangUp(HangUpCause.Busy);
            Assert.Equal("SIP/2.0 486 Busy Here", sip.Last.StartLine);
            return "a call";
        }

        if (sip.Sent.Count > 0) return Assert.Single(sip.Sent).StartLine["SIP/2.0 ".Length..];
        var counters = sip.Driver.Stack!.Snapshot();
        return counters switch
        {
            { StrayResponses: 1, Malformed: 0 } => "nothing; counted as stray",
            { StrayResponses: 0, Malformed: 1 } => "nothing; counted as malformed",
            _ => "nothing",
        };
    }

    private static string UserOf(byte[] bytes)
    {
        using var message = SipMessage.Parse(bytes);
        return message.Method == SipMethod.Register && message.TryGetTo(out var to) && SipUri.TryParse(to.Uri, out var uri) ? uri.DecodeUser() : "";
    }

    /// <summary>The message in another transaction, with the answer to the challenge that it gets first.</summary>
    private static byte[] Sign(DriverHarness sip, byte[] message, IPEndPoint from)
    {
        sip.Transport.Receive(message, from);
        var proof = DriverHarness.Authorize(sip.Last, "REGISTER", UserOf(message), "rack");
        sip.Sent.Clear();
        var text = Encoding.Latin1.GetString(message).Replace("branch=z9hG4bK", "branch=z9hG4bKsecond", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Insert(text.IndexOf("\r\n", StringComparison.Ordinal) + 2, $"Authorization: {proof}\r\n"));
    }
}

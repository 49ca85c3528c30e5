using System.Net;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>Damaged messages through every view: nothing from the wire may throw.</summary>
public class FuzzTests
{
    private static readonly byte[][] Seeds = [.. TortureMessages.Rfc4475.Values, .. TortureMessages.Rfc5118.Values, Wire.Invite];

    private static readonly string[] Methods =
        ["INVITE", "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "PRACK", "UPDATE", "INFO", "SUBSCRIBE", "NOTIFY", "REFER", "MESSAGE"];

    private static readonly int[] Statuses = [100, 180, 183, 200, 200, 302, 401, 407, 422, 481, 486, 491, 503, 603];

    private static readonly string[] Extras =
    [
        "", "Require: 100rel\n", "Supported: 100rel, timer, replaces\n", "Session-Expires: 1800;refresher=uas\nMin-SE: 90\n", "RAck: 1 1 INVITE\n",
        "Refer-To: <sip:200@192.0.2.99?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>\n", "Replaces: inbound;to-tag=1;from-tag=2\n", "Event: refer\nSubscription-State: active\n",
        "Authorization: Digest username=\"alice\", realm=\"test\", nonce=\"1\", uri=\"sip:a\", response=\"2\"\n", "Record-Route: <sip:192.0.2.1;lr>\n",
        "Require: 100rel\nRSeq: 1\n", "WWW-Authenticate: Digest realm=\"test\", nonce=\"1\"\n", "Retry-After: 3\n",
        "P-Asserted-Identity: <sip:1@a>\nDiversion: <sip:2@b>\nPrivacy: id\nReason: Q.850;cause=16\n", "Accept: text/plain\n",
    ];

    private static readonly byte[] Marks = "\r\n\t \",;:<>@[]()=/\\%*?&\0\x7f\x80\xff"u8.ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damaged_messages_never_throw(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = (byte[])Seeds[random.Next(Seeds.Length)].Clone();
            Exercise(Damage(bytes, random));
        }
    }

    [Fact]
    public void Every_cut_of_a_message_is_read()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 0; length <= seed.Length; length++) Exercise(seed.AsSpan(0, length));
        }
    }

    [Fact]
    public void Noise_is_read()
    {
        var random = new Random(5);
        var bytes = new byte[300];
        for (var i = 0; i < 5000; i++)
        {
            random.NextBytes(bytes);
            Exercise(bytes.AsSpan(0, random.Next(bytes.Length)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Driver_that_gets_damaged_messages_goes_on_answering(int seed)
    {
        var random = new Random(seed);
        await using var sip = await DriverHarness.StartTrustedAsync();
        List<Task<DialOutcome>> dials = [];
        for (var i = 1; i <= 3000; i++)
        {
            if (i % 60 == 0) dials.Add(DialAsync(sip, i));
            sip.Transport.Receive(Damage(Fresh(sip, random, i), random).ToArray());
            await DealWithCallAsync(sip, random);
            sip.Advance(random.Next(40));
            if (i % 50 == 0) Assert.Equal("SIP/2.0 200 OK", sip.Ask("OPTIONS").StartLine);
        }

        await sip.Time.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.All(dials, dial => Assert.True(dial.IsCompletedSuccessfully));
        Assert.Equal("SIP/2.0 200 OK", sip.Ask("OPTIONS").StartLine);
        Assert.Equal(0, sip.Driver.Stack!.Snapshot().Faults);
        Assert.True(sip.Driver.Stack.Snapshot().Malformed > 1000);
    }

    /// <summary>A valid message of a transaction of its own: a torture message, or one of every kind within and outside of the call that is up.</summary>
    private static byte[] Fresh(DriverHarness sip, Random random, int number)
    {
        if (random.Next(3) == 0)
        {
            var text = Encoding.Latin1.GetString(Seeds[random.Next(Seeds.Length)]);
            return Encoding.Latin1.GetBytes(text.Replace("branch=z9hG4bK", $"branch=z9hG4bK{number}", StringComparison.Ordinal));
        }

        if (random.Next(3) == 0 && sip.Sent.FindLast(sending => !sending.Text.StartsWith("SIP/", StringComparison.Ordinal)) is { } request)
            return Wire.Bytes(Response(request, random));

        var last = sip.Sent.FindLast(sending => sending.Text.Contains("\r\nTo: <sip:100@test>;tag=", StringComparison.Ordinal));
        var tag = last is not null && random.Next(4) > 0 ? DriverHarness.TagOf(last) : "";
        var method = Methods[random.Next(Methods.Length)];
        var body = method is "INVITE" or "UPDATE" or "ACK" ? DriverHarness.Sdp : "";
        return Wire.Bytes(sip.Request(method, Extras[random.Next(Extras.Length)], tag, number, body));
    }

    private static string Response(FakeTransport.Sending request, Random random)
    {
        var status = Statuses[random.Next(Statuses.Length)];
        var body = status is 183 or 200 && random.Next(2) == 0 ? DriverHarness.Sdp : "";
        return $"SIP/2.0 {status} Reason\nVia: {request.Header("Via")}\nFrom: {request.Header("From")}\n"
            + $"To: {request.Header("To")}{(request.Header("To").Contains(";tag=", StringComparison.Ordinal) ? "" : ";tag=far")}\n"
            + $"Call-ID: {request.Header("Call-ID")}\nCSeq: {request.Header("CSeq")}\nContact: <sip:bob@192.0.2.1:5060>\n{Extras[random.Next(Extras.Length)]}"
            + (body.Length == 0 ? "Content-Length: 0\n\n" : $"Content-Type: application/sdp\nContent-Length: {Wire.Bytes(body).Length}\n\n{body}");
    }

    private static Task<DialOutcome> DialAsync(DriverHarness sip, int number) => sip.Driver.DialAsync(
        new()
        {
            Id = new(new Guid(number, 0, 0, new byte[8])),
            Target = new DialTarget.ToAddress("sip:bob@192.0.2.1"),
            Caller = new("100"),
            RingTime = TimeSpan.FromSeconds(5),
        },
        default).AsTask();

    private static async Task DealWithCallAsync(DriverHarness sip, Random random)
    {
        if (sip.Call is not { State: not CallState.Ended } call) return;
        switch (random.Next(6))
        {
            case 0 when call.State != CallState.Answered:
                await call.RingAsync(default);
                break;
            case 1:
                await call.AnswerAsync(default);
                break;
            case 2:
                call.HangUp(HangUpCause.Normal);
                break;
        }
    }

    private static Span<byte> Damage(byte[] bytes, Random random)
    {
        for (var n = random.Next(1, 8); n > 0; n--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = Marks[random.Next(Marks.Length)];
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2: // a piece moves
                    var length = random.Next(Math.Min(40, bytes.Length - at));
                    bytes.AsSpan(at, length).CopyTo(bytes.AsSpan(random.Next(bytes.Length - length)));
                    break;
                default:
                    return bytes.AsSpan(0, at);
            }
        }

        return bytes;
    }

    private static void Exercise(ReadOnlySpan<byte> bytes)
    {
        using var message = SipMessage.Parse(bytes);
        var sum = message.MethodText.Length + message.RequestUri.Length + message.Reason.Length + message.Body.Length + message.MediaType.Length;
        for (var i = 0; i < message.HeaderCount; i++)
        {
            var line = message.Line(i);
            sum += line.Name.Length;
            sum += View(line.Value);
        }

        foreach (var element in message.List(SipHeader.Via)) sum += View(element);
        sum += View(message.RequestUri);
        sum += SipTraceText.Write(message, showNumbers: false).Length + SipTraceText.Write(message, showNumbers: true).Length;
        sum += CallerIdentity.Read(message, trusted: true).Attributes.Count;
        if (message.IsAnswerable)
        {
            message.Source = new IPEndPoint(IPAddress.Loopback, 5060);
            using var writer = SipMessageWriter.Rent().StartResponse(message, 400, default, "t"u8);
            using var response = SipMessage.Parse(writer.Finish());
            Assert.Equal(400, response.StatusCode);
        }

        Assert.True(sum >= 0);
    }

    private static int View(ReadOnlySpan<byte> value)
    {
        var sum = SipText.DecodeQuoted(value).Length;
        if (SipNameAddress.TryParse(value, out var address)) sum += address.Tag.Length + View(address.Parameters);
        if (SipUri.TryParse(value, out var uri)) sum += uri.DecodeUser().Length + View(uri.Parameters) + (uri.Matches(uri) ? 1 : 0);
        if (SipVia.TryParse(value, out var via)) sum += via.Branch.Length + via.RPort + View(via.Parameters);
        if (SipContact.TryParse(value, out var contact)) sum += contact.QThousandths ?? 0;
        if (SipHostPort.TryParseAddress(value, out _)) sum++;
        if (SipAuthorization.TryParse(value, out var authorization))
        {
            foreach (var parameter in authorization) sum += parameter.Value.Length;
        }

        return sum;
    }

    private static int View(SipParameters parameters)
    {
        var count = 0;
        foreach (var parameter in parameters) count += parameter.Value.Length;
        return count;
    }
}

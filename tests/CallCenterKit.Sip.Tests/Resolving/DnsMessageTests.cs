using System.Net;
using CallCenterKit.Sip.Resolving;

namespace CallCenterKit.Sip.Tests.Resolving;

public sealed class DnsMessageTests
{
    [Fact]
    public void Compressed_answer_is_read()
    {
        // _sip._udp.example.com SRV: 10 60 5060 sip.example.com, with pointers for owner and for the end of the target.
        byte[] bytes =
        [
            0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0,
            4, (byte)'_', (byte)'s', (byte)'i', (byte)'p', 4, (byte)'_', (byte)'u', (byte)'d', (byte)'p',
            7, (byte)'E', (byte)'x', (byte)'a', (byte)'m', (byte)'p', (byte)'l', (byte)'e', 3, (byte)'c', (byte)'o', (byte)'m', 0, 0, 33, 0, 1,
            0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, 12, 0, 10, 0, 60, 0x13, 0xC4, 3, (byte)'s', (byte)'i', (byte)'p', 0xC0, 22,
        ];

        Assert.Equal(DnsParseError.None, DnsMessage.Parse(bytes, out var message));

        Assert.Equal(("_sip._udp.example.com", DnsType.Srv, 0x1234), (message.Name, message.Type, message.Id));
        Assert.Equal([new DnsRecord.Server("_sip._udp.example.com", 60, 10, 60, 5060, "sip.example.com")], message.Answers);
    }

    [Fact]
    public void Every_type_that_is_used_is_read_and_others_are_passed_over()
    {
        var bytes = DnsBytes.To(1, "example.com", DnsType.Naptr)
            .A("example.com", "192.0.2.1").Aaaa("example.com", "2001:db8::1").Alias("www.example.com", "example.com")
            .Pointer("example.com", 10, 20, "SIP+D2U", "_sip._udp.example.com")
            .Answer("example.com", (DnsType)16, 300, data => data.Text("v=spf1"))
            .Authority("example.com", 900, 60)
            .ToArray();

        Assert.Equal(DnsParseError.None, DnsMessage.Parse(bytes, out var message));

        Assert.Equal(
            [
                new DnsRecord.Address("example.com", 300, IPAddress.Parse("192.0.2.1")),
                new DnsRecord.Address("example.com", 300, IPAddress.Parse("2001:db8::1")),
                new DnsRecord.Alias("www.example.com", 300, "example.com"),
                new DnsRecord.Pointer("example.com", 300, 10, 20, "s", "SIP+D2U", "_sip._udp.example.com"),
            ],
            message.Answers);
        Assert.Equal(new DnsRecord.Authority("example.com", 900, 60), message.Authority);
    }

    public static TheoryData<string, byte[], object> Hostile => new()
    {
        { "nothing", [], DnsParseError.TooShort },
        { "half a header", [0, 1, 0x80], DnsParseError.TooShort },
        { "a question", [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 1, 0, 1], DnsParseError.NotAResponse },
        { "no question", [0, 1, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0], DnsParseError.BadQuestion },
        { "a name that points at itself", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1], DnsParseError.BadQuestion },
        { "a name that points ahead", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 14, 1, (byte)'a', 0, 0, 1, 0, 1], DnsParseError.BadQuestion },
        { "a pointer cut in half", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0], DnsParseError.BadQuestion },
        { "a label longer than the message", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63, (byte)'a'], DnsParseError.BadQuestion },
        { "a label of a reserved kind", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x41, (byte)'a', 0, 0, 1, 0, 1], DnsParseError.BadQuestion },
        { "a dot within a label", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'.', 0, 0, 1, 0, 1], DnsParseError.BadQuestion },
        { "a line break within a label", [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 1], DnsParseError.BadQuestion },
        { "two pointers in a circle", Circle(), DnsParseError.BadRecord },
        { "records that are promised and missing", [0, 1, 0x80, 0, 0, 1, 0, 9, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 1, 0, 1], DnsParseError.BadRecord },
        { "too many records", [0, 1, 0x80, 0, 0, 1, 0xFF, 0xFF, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 1, 0, 1], DnsParseError.TooManyRecords },
        { "an address of three bytes", DnsBytes.To(1, "a", DnsType.A).Answer("a", DnsType.A, 1, data => data.Raw(1, 2, 3)).ToArray(), DnsParseError.BadRecord },
        { "a server without a target", DnsBytes.To(1, "a", DnsType.Srv).Answer("a", DnsType.Srv, 1, data => data.UInt16(1).UInt16(1).UInt16(1)).ToArray(), DnsParseError.BadRecord },
        { "a server with bytes behind its target", DnsBytes.To(1, "a", DnsType.Srv).Answer("a", DnsType.Srv, 1, data => data.UInt16(1).UInt16(1).UInt16(1).Name("b").Raw(7)).ToArray(), DnsParseError.BadRecord },
        { "a text longer than its record", DnsBytes.To(1, "a", DnsType.Naptr).Answer("a", DnsType.Naptr, 1, data => data.UInt16(1).UInt16(1).Raw(200, 65)).ToArray(), DnsParseError.BadRecord },
        { "a name of more than 255 characters", DnsBytes.To(1, "a", DnsType.Cname).Answer("a", DnsType.Cname, 1, data => data.Name(string.Join('.', Enumerable.Repeat(new string('x', 63), 5)))).ToArray(), DnsParseError.BadRecord },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_answer_is_an_error_and_nothing_more(string what, byte[] bytes, object error)
    {
        Assert.NotEmpty(what);
        Assert.Equal((DnsParseError)error, DnsMessage.Parse(bytes, out _));
    }

    [Fact]
    public void Damaged_answers_never_throw()
    {
        var good = DnsBytes.To(1, "example.com", DnsType.Naptr)
            .Pointer("example.com", 10, 20, "SIP+D2U", "_sip._udp.example.com").Server("example.com", 1, 2, 3, "a.example.com").Authority("example.com", 9, 6).ToArray();
        var random = new Random(17);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = good[..random.Next(good.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            DnsMessage.Parse(bytes, out _);
        }
    }

    [Fact]
    public void Question_is_written_as_rfc_1035_shows() => Assert.Equal(
        [0xAB, 0xCD, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, (byte)'s', (byte)'i', (byte)'p', 7, (byte)'e', (byte)'x', (byte)'a', (byte)'m', (byte)'p', (byte)'l', (byte)'e', 0, 0, 28, 0, 1],
        new DnsQuery(0xABCD, "sip.example", DnsType.Aaaa).Bytes);

    [Fact]
    public void Answer_with_another_number_name_or_type_is_not_ours()
    {
        var query = new DnsQuery(7, "example.com", DnsType.A);

        Assert.True(query.IsAnsweredBy(DnsBytes.To(7, "EXAMPLE.com", DnsType.A).ToArray()));
        Assert.False(query.IsAnsweredBy(DnsBytes.To(8, "example.com", DnsType.A).ToArray()));
        Assert.False(query.IsAnsweredBy(DnsBytes.To(7, "example.org", DnsType.A).ToArray()));
        Assert.False(query.IsAnsweredBy(DnsBytes.To(7, "example.com", DnsType.Aaaa).ToArray()));
        Assert.False(query.IsAnsweredBy(query.Bytes));
    }

    private static byte[] Circle()
    {
        // The owner of the record points to 23, where a pointer leads back to 19, the record's own beginning.
        byte[] head = [0, 1, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 1, 0, 1];
        return [.. head, 1, (byte)'b', 0xC0, 23, 0xC0, 19, 0, 1, 0, 1];
    }
}

using System.Text;
using CallCenterKit.Sip.Tests.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transport;

/// <summary>Where messages begin and end in a stream (RFC 3261 §18.3, RFC 5626 §4.4.1).</summary>
public class SipStreamFramerTests
{
    private const string Options = "OPTIONS sip:a@h SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n";
    private const string WithBody = "INFO sip:a@h SIP/2.0\r\nl: 6\r\nCall-ID: 2\r\n\r\nab\r\n\r\n";

    [Fact]
    public void Message_is_the_same_wherever_the_stream_is_cut()
    {
        var stream = Encoding.Latin1.GetBytes(Options + WithBody + "\r\n\r\n" + Options);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            Assert.Equal(["Message " + Options, "Message " + WithBody, "Ping", "Message " + Options], Joined(Read(stream[..cut], stream[cut..])));
        }
    }

    [Fact]
    public void Message_may_come_byte_by_byte() =>
        Assert.Equal(
            ["Message " + Options, "Message " + WithBody, "Ping", "Message " + Options],
            Joined(Read([.. Encoding.Latin1.GetBytes(Options + WithBody + "\r\n\r\n" + Options).Select(value => new[] { value })])));

    [Fact]
    public void Long_message_behind_short_ones_is_whole()
    {
        var body = new string('x', 60_000);
        var invite = $"INVITE sip:a@h SIP/2.0\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        var stream = Encoding.Latin1.GetBytes(Options + invite + invite + Options);

        Assert.Equal(["Message " + Options, "Message " + invite, "Message " + invite, "Message " + Options], Read([.. stream.Chunk(1000)]));
    }

    [Theory]
    [InlineData("\r\n" + Options, "LineBreak", "Message " + Options)]
    [InlineData("\r\n\r\n" + Options, "Ping", "Message " + Options)]
    [InlineData("\r\n\r\n\r\n\r\n", "Ping", "Ping")]
    [InlineData("\n" + Options, "Message " + Options)]
    [InlineData("\r" + Options, "Message " + Options)]
    [InlineData("\r\n\r\n\r\n" + Options, "Ping", "LineBreak", "Message " + Options)]
    public void Line_breaks_between_messages_are_told_apart(string stream, params string[] expected) =>
        Assert.Equal(expected, Read(Encoding.Latin1.GetBytes(stream)));

    [Theory]
    [InlineData("Content-Length: 2")]
    [InlineData("CONTENT-LENGTH : 2")]
    [InlineData("l:2")]
    [InlineData("Content-Length:\r\n 2")]
    [InlineData("Content-Length:\r\n\t 0002 ")]
    [InlineData("X-Content-Length: 5\r\nContent-Length: 2")]
    [InlineData("Subject: x\r\n Content-Length: 7\r\nContent-Length: 2")]
    public void Length_is_found_as_it_may_be_written(string field)
    {
        var message = $"INFO sip:a@h SIP/2.0\r\n{field}\r\n\r\nab";

        Assert.Equal(["Message " + message, "Message " + Options], Read(Encoding.Latin1.GetBytes(message + Options)));
    }

    [Fact]
    public void Lines_may_end_with_a_lone_line_feed()
    {
        const string Message = "INFO sip:a@h SIP/2.0\nContent-Length: 2\n\nab";

        Assert.Equal(["Message " + Message, "Message " + Options], Joined(Read([.. Encoding.Latin1.GetBytes(Message + Options).Select(value => new[] { value })])));
    }

    [Theory]
    [InlineData("INFO sip:a@h SIP/2.0\r\nCall-ID: 1\r\n\r\n", nameof(StreamFault.NoContentLength))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length: two\r\n\r\nab", nameof(StreamFault.BadContentLength))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length: -2\r\n\r\nab", nameof(StreamFault.BadContentLength))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length:\r\n\r\nab", nameof(StreamFault.BadContentLength))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length: 2\r\nl: 2\r\n\r\nab", nameof(StreamFault.BadContentLength))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length: 99999999999\r\n\r\nab", nameof(StreamFault.BadContentLength))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length: 4294967295\r\n\r\nab", nameof(StreamFault.TooLong))]
    [InlineData("INFO sip:a@h SIP/2.0\r\nContent-Length: 65500\r\n\r\nab", nameof(StreamFault.TooLong))]
    [InlineData("\u0016\u0003\u0001\u0002", nameof(StreamFault.NotSip))]
    [InlineData("\0\0\0\0", nameof(StreamFault.NotSip))]
    [InlineData(" INFO", nameof(StreamFault.NotSip))]
    public void Stream_that_cannot_be_divided_has_a_fault_that_says_why(string stream, string fault)
    {
        var framer = new SipStreamFramer(16_384, 65_535);
        Fill(framer, Encoding.Latin1.GetBytes(Options + stream + Options));

        Assert.Equal(StreamItem.Message, framer.Next(out _));
        Assert.Equal(StreamItem.Fault, framer.Next(out _));
        Assert.Equal(StreamItem.Fault, framer.Next(out _));
        Assert.Equal(fault, framer.Fault.ToString());
        Assert.StartsWith(stream, Encoding.Latin1.GetString(framer.Unread), StringComparison.Ordinal);
    }

    [Fact]
    public void Header_must_end_within_its_limit()
    {
        var framer = new SipStreamFramer(2000, 65_535);
        Fill(framer, Encoding.Latin1.GetBytes("INFO sip:a@h SIP/2.0\r\nSubject: "));
        var lines = 0;
        while (framer.Next(out _) == StreamItem.None)
        {
            Fill(framer, "0123456789\r\n "u8);
            lines++;
        }

        Assert.Equal(StreamFault.HeaderTooLong, framer.Fault);
        Assert.InRange(lines, 150, 155);
    }

    [Fact]
    public void Longest_message_fits_and_one_byte_more_does_not()
    {
        const string Head = "INFO sip:a@h SIP/2.0\r\nContent-Length: 02000\r\n\r\n";
        var message = Encoding.Latin1.GetBytes(Head + new string('b', 2000));
        var fits = new SipStreamFramer(1000, message.Length);
        var tooLong = new SipStreamFramer(1000, message.Length - 1);
        Fill(fits, message);
        Fill(tooLong, message);

        Assert.Equal(StreamItem.Message, fits.Next(out var whole));
        Assert.Equal(message, whole.ToArray());
        Assert.Equal(StreamItem.Fault, tooLong.Next(out _));
    }

    [Fact]
    public void Random_cuts_never_change_what_is_read()
    {
        var random = new Random(5);
        var expected = new List<string>();
        var stream = new List<byte>();
        for (var i = 0; i < 200; i++)
        {
            var message = Wire.Bytes($"INFO sip:a@h SIP/2.0\nCall-ID: {i}\nContent-Length: {i * 7}\n\n{new string((char)('a' + (i % 26)), i * 7)}");
            stream.AddRange(message);
            expected.Add("Message " + Encoding.Latin1.GetString(message));
        }

        var pieces = new List<byte[]>();
        for (var i = 0; i < stream.Count;)
        {
            var length = Math.Min(stream.Count - i, random.Next(1, 5000));
            pieces.Add([.. stream.GetRange(i, length)]);
            i += length;
        }

        Assert.Equal(expected, Read([.. pieces]));
    }

    private static List<string> Read(params byte[][] pieces)
    {
        var framer = new SipStreamFramer(16_384, 65_535);
        var items = new List<string>();
        foreach (var piece in pieces)
        {
            Fill(framer, piece);
            while (framer.Next(out var message) is not StreamItem.None and var item)
                items.Add(item == StreamItem.Message ? $"Message {Encoding.Latin1.GetString(message)}" : item.ToString());
            framer.Release();
        }

        Assert.True(framer.IsEmpty);
        return items;
    }

    /// <summary>Two halves of a keep-alive are one.</summary>
    private static List<string> Joined(List<string> items)
    {
        for (var i = 0; i + 1 < items.Count; i++)
        {
            if (items[i] != "LineBreak" || items[i + 1] != "LineBreak") continue;
            items[i] = "Ping";
            items.RemoveAt(i + 1);
        }

        return items;
    }

    private static void Fill(SipStreamFramer framer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = framer.Reserve().Span;
            Assert.False(room.IsEmpty);
            var length = Math.Min(room.Length, bytes.Length);
            bytes[..length].CopyTo(room);
            framer.Advance(length);
            bytes = bytes[length..];
        }
    }
}

using System.Net;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>Damaged messages through every view: nothing from the wire may throw.</summary>
public class FuzzTests
{
    private static readonly byte[][] Seeds = [.. TortureMessages.Rfc4475.Values, .. TortureMessages.Rfc5118.Values, Wire.Invite];

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

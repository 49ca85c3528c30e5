using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Rtp;

public sealed class TelephoneEventPayloadTests
{
    [Fact]
    public void A_written_event_is_read_back()
    {
        var payload = new byte[4];
        var written = new TelephoneEventPayload(11, true, 10, 1600);
        Assert.Equal(4, written.Write(payload));

        Assert.Equal(new byte[] { 11, 0x8A, 0x06, 0x40 }, payload);
        Assert.True(TelephoneEventPayload.TryRead(payload, out var read));
        Assert.Equal(written, read);
    }

    [Fact]
    public void The_reserved_bit_is_ignored()
    {
        Assert.True(TelephoneEventPayload.TryRead([1, 0x7F, 0, 1], out var read));
        Assert.Equal(new TelephoneEventPayload(1, false, 63, 1), read);
    }

    [Fact]
    public void Three_bytes_are_no_event() => Assert.False(TelephoneEventPayload.TryRead([1, 2, 3], out _));

    [Fact]
    public void Sixteen_events_are_keys()
    {
        foreach (var key in "0123456789*#ABCD")
        {
            Assert.True(TelephoneEventPayload.TryGetEvent(key, out var code));
            Assert.Equal(key, new TelephoneEventPayload(code, false, 0, 0).Digit);
        }

        Assert.Null(new TelephoneEventPayload(16, false, 0, 0).Digit);
        Assert.True(TelephoneEventPayload.TryGetEvent('d', out var lower));
        Assert.Equal(15, lower);
        Assert.False(TelephoneEventPayload.TryGetEvent('E', out _));
    }
}

using CallCenterKit.Sip.Observability;

namespace CallCenterKit.Sip.Tests.Observability;

public sealed class SipMaskTests
{
    [Theory]
    [InlineData("+49301234000", "****4000")]
    [InlineData("49301234000", "****4000")]
    [InlineData("+49 (30) 123-4000", "****4000")]
    [InlineData("+49%2030%201234000", "****4000")]
    [InlineData("12345", "****2345")]
    [InlineData("1234", "1234")]
    [InlineData("100", "100")]
    [InlineData("alice", "alice")]
    [InlineData("", "")]
    [InlineData("call 030/1234000 or 0170 5556666!", "call ****4000 or ****6666!")]
    [InlineData("Ada L 030 1234000", "Ada L ****4000")]
    public void Number_keeps_its_last_four_digits(string text, string masked) => Assert.Equal(masked, SipMask.Numbers(text));
}

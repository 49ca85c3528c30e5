using CallCenterKit.Recordings;

namespace CallCenterKit.Tests.Recordings;

public class NumberMaskTests
{
    [Theory]
    [InlineData("+37061234567", "+********567")]
    [InlineData("061234567", "******567")]
    [InlineData("123456", "***456")]
    [InlineData("12345", "12345")]
    [InlineData("", "")]
    public void A_number_is_hidden_but_for_its_end(string number, string shown) => Assert.Equal(shown, NumberMask.Mask(number));
}

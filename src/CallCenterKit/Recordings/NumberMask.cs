using CallCenterKit.Voice;

namespace CallCenterKit.Recordings;

/// <summary>Hides the customer's number but for its end.</summary>
internal static class NumberMask
{
    private const int DigitsShown = 3;
    private const int FewestDigits = 6; // what is shorter is an extension, or another number that is nobody's own

    public static StoredRecording Mask(StoredRecording recording) => recording.Direction == CallDirection.Outbound
        ? recording with { Dialled = Mask(recording.Dialled) }
        : recording with { Caller = Mask(recording.Caller) };

    /// <summary>"+37061234567" is "+********567".</summary>
    public static string Mask(string number)
    {
        var hidden = number.Length - DigitsShown;
        return number.Length < FewestDigits
            ? number
            : string.Create(number.Length, number, (text, whole) =>
            {
                text[..hidden].Fill('*');
                whole.AsSpan(hidden).CopyTo(text[hidden..]);
                if (whole[0] == '+')
                    text[0] = '+';
            });
    }
}

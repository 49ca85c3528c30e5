using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Engine;

/// <summary>One request to send digits.</summary>
internal sealed class DigitRun
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<bool> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _digits;
    private int _next;

    private DigitRun(string digits, TimeSpan tone)
    {
        _digits = digits;
        Tone = tone;
    }

    public TimeSpan Tone { get; }

    /// <summary>Its last key was taken.</summary>
    public bool IsOver => _next >= _digits.Length;

    public Task<bool> Sent => _sent.Task;

    public static DigitRun Create(string digits, TimeSpan tone)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (tone < Shortest || tone > Longest)
            throw new ArgumentOutOfRangeException(nameof(tone), tone, "A tone lasts 40 ms to 5 s.");
        foreach (var digit in digits)
        {
            if (!TelephoneEventPayload.TryGetEvent(digit, out _))
                throw new ArgumentException($"'{digit}' is no key; keys are 0-9, *, # and A-D.", nameof(digits));
        }

        return new DigitRun(digits, tone);
    }

    /// <summary>A key pressed by another party of the bridge, passed on.</summary>
    public static DigitRun Repeat(char digit, TimeSpan tone) =>
        new(digit.ToString(), TimeSpan.FromTicks(Math.Clamp(tone.Ticks, Shortest.Ticks, Longest.Ticks)));

    public ReadOnlySpan<char> TakeNext() => _digits.AsSpan(_next++, 1);

    public void SkipRest() => _next = _digits.Length;

    public void Finish(bool sent) => _sent.TrySetResult(sent);
}

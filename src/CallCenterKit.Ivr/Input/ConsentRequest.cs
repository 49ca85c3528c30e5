namespace CallCenterKit.Ivr.Input;

/// <summary>How a caller is asked whether they may be recorded. A key pressed before the question does not count.</summary>
public sealed record ConsentRequest
{
    /// <summary>Only who says yes is recorded.</summary>
    public static ConsentRequest OptIn { get; } = new();

    /// <summary>Who does not say no is recorded.</summary>
    public static ConsentRequest OptOut { get; } = new() { SilenceConsents = true, Retries = 0 };

    /// <summary>Whether no key, or none that means anything, is a yes.</summary>
    public bool SilenceConsents { get; init; }

    /// <summary>The key for yes: 0-9, * or #.</summary>
    public char YesKey { get; init; } = '1';

    /// <summary>The key for no: 0-9, * or #, another one.</summary>
    public char NoKey { get; init; } = '2';

    /// <summary>How long to wait for a key after the prompt. Over zero, up to 60 s; 5 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the prompt is repeated after no key or a wrong one. 0 to 10; 1 by default.</summary>
    public int Retries { get; init; } = 1;

    internal Menu ToMenu() => new($"{YesKey}{NoKey}") { Timeout = Timeout, Retries = Retries, TypeAhead = false };

    internal bool IsYes(MenuChoice choice) => choice is MenuChoice.Digit(var key) ? key == YesKey : SilenceConsents;
}

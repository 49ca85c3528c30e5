namespace CallCenterKit.Ivr.Input;

/// <summary>What a caller answered to a menu, after all retries.</summary>
public abstract record MenuChoice
{
    private MenuChoice()
    {
    }

    /// <summary>One of the menu's keys.</summary>
    public sealed record Digit(char Key) : MenuChoice;

    /// <summary>No key in time, at the last attempt.</summary>
    public sealed record NoInput : MenuChoice;

    /// <summary>A key the menu does not have, at the last attempt.</summary>
    public sealed record Invalid(char Key) : MenuChoice;
}

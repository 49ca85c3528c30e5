namespace CallCenterKit.Skills;

/// <summary>What is wrong with the text of an expression.</summary>
/// <param name="Position">Where, from 1.</param>
/// <param name="Message">What is there and what was expected.</param>
public sealed record SkillExpressionFault(int Position, string Message)
{
    /// <summary>Both in one line.</summary>
    public override string ToString() => $"at position {Position}: {Message}";
}

/// <summary>A text is not a skill expression.</summary>
public sealed class SkillExpressionException : FormatException
{
    /// <summary>Creates it.</summary>
    public SkillExpressionException()
    {
    }

    /// <summary>Creates it with a message.</summary>
    public SkillExpressionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with a message and the exception behind it.</summary>
    public SkillExpressionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates it for a text and what is wrong with it.</summary>
    public SkillExpressionException(string text, SkillExpressionFault fault)
        : base($"Skill expression '{Shown(text)}' {fault}") => Fault = fault;

    /// <summary>What is wrong, if known.</summary>
    public SkillExpressionFault? Fault { get; }

    private static string Shown(string? text) => text is { Length: > 200 } ? $"{text[..200]}…" : text ?? "";
}

namespace CallCenterKit.Skills;

/// <summary>Reads the text of a skill expression by recursive descent.</summary>
internal sealed class SkillExpressionParser(string text, int longest, int deepest)
{
    private int _at;
    private int _depth = -1;

    /// <summary>What is wrong; the first fault counts.</summary>
    public SkillExpressionFault? Fault { get; private set; }

    /// <summary>The expression; null when there is a fault.</summary>
    public SkillExpression? Read()
    {
        if (text.Length > longest)
            return Fail(longest, $"an expression has at most {longest} characters");
        SkipSpace();
        if (_at == text.Length || (TryWord("any") && AtEnd()))
            return SkillExpression.Any;
        _at = 0;
        var whole = ReadOr();
        if (whole is not null && !AtEnd())
            return Fail(_at, $"'{text[_at]}' was not expected; 'and', 'or' or the end was");
        return whole;
    }

    private SkillExpression? ReadOr()
    {
        if (++_depth > deepest)
            return Fail(_at, $"more than {deepest} parentheses or 'not' inside each other");
        var parts = new List<SkillExpression>();
        do
        {
            if (ReadAnd() is not { } part)
                return null;
            parts.Add(part);
        }
        while (TryWord("or"));
        _depth--;
        return SkillExpression.Or(parts);
    }

    private SkillExpression? ReadAnd()
    {
        var parts = new List<SkillExpression>();
        do
        {
            if (ReadNot() is not { } part)
                return null;
            parts.Add(part);
        }
        while (TryWord("and"));
        return SkillExpression.And(parts);
    }

    private SkillExpression? ReadNot()
    {
        if (!TryWord("not"))
            return ReadPrimary();
        if (++_depth > deepest)
            return Fail(_at, $"more than {deepest} parentheses or 'not' inside each other");
        var inner = ReadNot();
        _depth--;
        return inner is null ? null : SkillExpression.Not(inner);
    }

    private SkillExpression? ReadPrimary()
    {
        SkipSpace();
        if (!TrySign("("))
            return ReadComparison();
        var inner = ReadOr();
        if (inner is null)
            return null;
        SkipSpace();
        return TrySign(")") ? inner : Fail(_at, "')' was expected");
    }

    private SkillExpression? ReadComparison()
    {
        SkipSpace();
        var start = _at;
        var name = ReadWord();
        if (!SkillText.IsName(name))
            return Fail(start, name.Length == 0 ? "a skill, 'not' or '(' was expected" : $"'{name}' is not the name of a skill: a letter, then letters, digits, '-', '_' and '.', 64 at most");
        SkipSpace();
        if (ReadOperator() is not { } comparison)
            return new HasSkill(name);
        SkipSpace();
        start = _at;
        if (ReadValue() is not { } value)
            return null;
        if (value.Text is not null && comparison is not (SkillOperator.Equal or SkillOperator.Differs))
            return Fail(start, $"'{value.Text}' is not a number; only '=' and '!=' compare with a text");
        return new ComparedSkill(name, comparison, value);
    }

    private SkillOperator? ReadOperator()
    {
        if (TrySign(">="))
            return SkillOperator.AtLeast;
        if (TrySign("<="))
            return SkillOperator.AtMost;
        if (TrySign("!="))
            return SkillOperator.Differs;
        if (TrySign(">"))
            return SkillOperator.More;
        if (TrySign("<"))
            return SkillOperator.Less;
        return TrySign("=") ? SkillOperator.Equal : null;
    }

    private SkillValue? ReadValue()
    {
        var start = _at;
        if (TrySign("'"))
        {
            var end = text.IndexOf('\'', _at);
            if (end <= _at)
                return FailValue(start, end < 0 ? "the quoted text does not end" : "the quoted text is empty");
            var quoted = text[_at..end];
            _at = end + 1;
            return new(0, quoted);
        }
        var negative = TrySign("-");
        var word = ReadWord();
        if (word.Length == 0)
            return FailValue(start, "a number, a word or a 'quoted text' was expected");
        if (SkillValue.TryLevel(word, out var level))
            return new(negative && level != 0 ? -level : level, null);
        return !negative && SkillText.IsName(word) ? new(0, word) : FailValue(start, $"'{text[start.._at]}' is neither a number nor a word");
    }

    private string ReadWord()
    {
        var start = _at;
        while (_at < text.Length && SkillText.IsWordPart(text[_at]))
            _at++;
        return text[start.._at];
    }

    private bool TryWord(string word)
    {
        SkipSpace();
        var end = _at + word.Length;
        if (end > text.Length
            || string.Compare(text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0
            || (end < text.Length && SkillText.IsWordPart(text[end])))
        {
            return false;
        }
        _at = end;
        return true;
    }

    private bool TrySign(string sign)
    {
        if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0)
            return false;
        _at += sign.Length;
        return true;
    }

    private bool AtEnd()
    {
        SkipSpace();
        return _at == text.Length;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    private SkillExpression? Fail(int position, string message)
    {
        Fault ??= new(position + 1, message);
        return null;
    }

    private SkillValue? FailValue(int position, string message)
    {
        Fail(position, message);
        return null;
    }
}

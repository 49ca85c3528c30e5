using System.Text;

namespace CallCenterKit.Sip.Observability;

/// <summary>Makes numbers unreadable but for their last four digits.</summary>
internal static class SipMask
{
    private const int Kept = 4;

    /// <summary>
    /// "+49 30 1234000" becomes "****4000", wherever it stands in the text. Signs that people write into numbers belong to them.
    /// Four digits or fewer stay: they are an extension.
    /// </summary>
    public static string Numbers(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var start = 0; start < text.Length;)
        {
            if (!char.IsAsciiDigit(text[start]))
            {
                start++;
                continue;
            }
            var end = EndOfNumber(text, start, out var digits);
            if (digits.Length > Kept)
            {
                var first = start > 0 && text[start - 1] == '+' ? start - 1 : start;
                (masked ??= new()).Append(text, copied, first - copied).Append("****").Append(digits.AsSpan(digits.Length - Kept));
                copied = end;
            }
            start = end;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // A number ends at its last digit; separators count only between digits. Escapes (%20) are what people write too.
    private static int EndOfNumber(string text, int start, out string digits)
    {
        var found = new StringBuilder();
        var end = start;
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                found.Append(text[i]);
                end = i + 1;
            }
            else if (text[i] is '%' && i + 2 < text.Length && text[i + 1] == '2' && text[i + 2] == '0')
            {
                i += 2;
            }
            else if (text[i] is not ('-' or '.' or ' ' or '(' or ')' or '/'))
            {
                break;
            }
        }
        digits = found.ToString();
        return end;
    }
}

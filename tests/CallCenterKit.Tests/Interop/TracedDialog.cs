using System.Text.RegularExpressions;
using CallCenterKit.Sip.Observability;

namespace CallCenterKit.Tests.Interop;

/// <summary>Names a call of a phone as Replaces does.</summary>
internal static partial class TracedDialog
{
    /// <summary>Of the first call that the phone has answered: its Call-ID, our tag, that of the phone.</summary>
    /// <param name="trace">The messages of that phone.</param>
    public static string ReplacesFirst(IReadOnlyList<SipTraceEntry> trace)
    {
        var answer = trace.First(entry => entry.IsReceived && AnswerToInvite().IsMatch(entry.Text)).Text;
        return $"{CallId().Match(answer).Groups[1]};to-tag={FromTag().Match(answer).Groups[1]};from-tag={ToTag().Match(answer).Groups[1]}";
    }

    [GeneratedRegex(@"\ASIP/2\.0 200 [\s\S]*^CSeq: \d+ INVITE", RegexOptions.Multiline)]
    private static partial Regex AnswerToInvite();

    [GeneratedRegex(@"^Call-ID: (\S+)", RegexOptions.Multiline)]
    private static partial Regex CallId();

    [GeneratedRegex(@"^From: .*;tag=(\S+)", RegexOptions.Multiline)]
    private static partial Regex FromTag();

    [GeneratedRegex(@"^To: .*;tag=(\S+)", RegexOptions.Multiline)]
    private static partial Regex ToTag();
}

using System.Text.RegularExpressions;
using CallCenterKit.Sip.Observability;

namespace CallCenterKit.Tests.Interop;

/// <summary>What the messages of phones say of their calls.</summary>
internal static partial class TracedDialog
{
    /// <summary>Names a call as Replaces does, the first that the phone has answered: its Call-ID, our tag, that of the phone.</summary>
    /// <param name="trace">The messages of that phone.</param>
    public static string ReplacesFirst(IReadOnlyList<SipTraceEntry> trace)
    {
        var answer = trace.First(entry => entry.IsReceived && AnswerToInvite().IsMatch(entry.Text)).Text;
        return $"{CallId().Match(answer).Groups[1]};to-tag={FromTag().Match(answer).Groups[1]};from-tag={ToTag().Match(answer).Groups[1]}";
    }

    /// <summary>How long two were connected: from the answer that made it so, the later of both, to the first BYE.</summary>
    /// <param name="trace">The messages of one call of two legs, without a hold.</param>
    public static TimeSpan TalkTime(IReadOnlyList<SipTraceEntry> trace) =>
        trace.First(entry => entry.Text.StartsWith("BYE ", StringComparison.Ordinal)).At - trace.Last(entry => AnswerToInvite().IsMatch(entry.Text)).At;

    [GeneratedRegex(@"\ASIP/2\.0 200 [\s\S]*^CSeq: \d+ INVITE", RegexOptions.Multiline)]
    private static partial Regex AnswerToInvite();

    [GeneratedRegex(@"^Call-ID: (\S+)", RegexOptions.Multiline)]
    private static partial Regex CallId();

    [GeneratedRegex(@"^From: .*;tag=(\S+)", RegexOptions.Multiline)]
    private static partial Regex FromTag();

    [GeneratedRegex(@"^To: .*;tag=(\S+)", RegexOptions.Multiline)]
    private static partial Regex ToTag();
}

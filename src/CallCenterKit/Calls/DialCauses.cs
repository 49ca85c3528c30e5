using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>What somebody who calls outside is told when the number was not reached. Status codes: RFC 3261 §21.</summary>
internal static class DialCauses
{
    public static HangUpCause Of(DialOutcome outcome) => outcome switch
    {
        DialOutcome.Busy => HangUpCause.Busy,
        DialOutcome.NoAnswer => HangUpCause.NoAnswer,
        DialOutcome.Rejected { Status: 404 or 410 or 484 or 604 } => HangUpCause.NotFound,
        DialOutcome.Rejected { Status: 408 or 480 } => HangUpCause.NoAnswer,
        DialOutcome.Rejected { Status: 488 or 606 } => HangUpCause.NoCommonFormat,
        DialOutcome.Rejected { Status: >= 500 and < 600 } => HangUpCause.Congestion,
        DialOutcome.Rejected => HangUpCause.Rejected,
        DialOutcome.Unreachable => HangUpCause.Congestion,
        _ => HangUpCause.Failed,
    };

    public static CallEndedBy By(DialOutcome outcome) => outcome is DialOutcome.Unreachable ? CallEndedBy.Network : CallEndedBy.Party;
}

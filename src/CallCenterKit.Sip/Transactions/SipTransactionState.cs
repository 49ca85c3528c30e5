namespace CallCenterKit.Sip.Transactions;

/// <summary>States of figures 5 to 8 of RFC 3261, with Accepted of RFC 6026.</summary>
internal enum SipTransactionState : byte
{
    Calling,
    Trying,
    Proceeding,
    Completed,
    Confirmed,
    Accepted,
    Terminated,
}

namespace CallCenterKit.Sip.Transactions;

/// <summary>Something to be run on a worker.</summary>
internal interface ISipWork
{
    /// <summary>Called once for each time it was posted.</summary>
    void Run(SipWorker worker);
}

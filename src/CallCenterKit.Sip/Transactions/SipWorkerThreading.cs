namespace CallCenterKit.Sip.Transactions;

/// <summary>Who runs a worker.</summary>
internal enum SipWorkerThreading
{
    /// <summary>A thread of its own, so that user code that fills the thread pool does not delay signalling.</summary>
    Dedicated,

    /// <summary>Whoever posts, unless the worker is running already: then that one goes on with it. Deterministic under virtual time.</summary>
    Caller,
}

namespace CallCenterKit.Sip.Transactions;

/// <summary>Something that becomes due on a worker; it is its own place in the wheel, so starting and cancelling cost no memory.</summary>
/// <remarks>Worker only.</remarks>
internal abstract class SipTimer
{
    internal SipTimer? Next, Previous;
    internal long DueTick;

    /// <summary>Level and slot in the wheel; -1 when it is not running.</summary>
    internal short Place = -1;

    internal bool IsRunning => Place >= 0;

    /// <summary>Called on the worker, once for each start.</summary>
    internal abstract void OnDue();
}

namespace CallCenterKit.Sip.Trunks;

/// <summary>One call's place on a trunk. Any thread.</summary>
internal sealed class SipTrunkSlot(SipTrunk trunk, TrunkLimits limits)
{
    private int _ended;

    public SipTrunk Trunk => trunk;

    /// <summary>The call is over, or did not come about. Calls after the first do nothing.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            limits.End();
    }
}

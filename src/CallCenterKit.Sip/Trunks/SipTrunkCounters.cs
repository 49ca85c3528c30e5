namespace CallCenterKit.Sip.Trunks;

/// <summary>What a trunk has counted since the start. Any thread.</summary>
internal sealed class SipTrunkCounters
{
    private long _outgoing, _incoming, _limited, _failovers, _registrations, _registrationFailures, _probes, _missedProbes;

    /// <summary>Calls we began over it.</summary>
    public long Outgoing => Interlocked.Read(ref _outgoing);

    /// <summary>Calls it brought.</summary>
    public long Incoming => Interlocked.Read(ref _incoming);

    /// <summary>Calls that found it at a limit.</summary>
    public long Limited => Interlocked.Read(ref _limited);

    /// <summary>Servers that were given up for the next.</summary>
    public long Failovers => Interlocked.Read(ref _failovers);

    public long Registrations => Interlocked.Read(ref _registrations);

    public long RegistrationFailures => Interlocked.Read(ref _registrationFailures);

    public long Probes => Interlocked.Read(ref _probes);

    public long MissedProbes => Interlocked.Read(ref _missedProbes);

    public void CountOutgoing() => Interlocked.Increment(ref _outgoing);

    public void CountIncoming() => Interlocked.Increment(ref _incoming);

    public void CountLimited() => Interlocked.Increment(ref _limited);

    public void CountFailover() => Interlocked.Increment(ref _failovers);

    public void CountRegistration() => Interlocked.Increment(ref _registrations);

    public void CountRegistrationFailure() => Interlocked.Increment(ref _registrationFailures);

    public void CountProbe() => Interlocked.Increment(ref _probes);

    public void CountMissedProbe() => Interlocked.Increment(ref _missedProbes);
}

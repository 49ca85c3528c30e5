namespace CallCenterKit.Media.Srtp;

/// <summary>How a leg's audio is encrypted, as offer and answer agreed. Immutable; the keys can't be read from it.</summary>
public sealed class SrtpParameters
{
    internal SrtpParameters(SrtpKey local, SrtpKey remote)
    {
        Local = local;
        Remote = remote;
    }

    /// <summary>The same in both directions (RFC 4568 §5.1.2).</summary>
    public SrtpSuite Suite => Local.Suite;

    /// <summary>For what we send.</summary>
    internal SrtpKey Local { get; }

    /// <summary>For what we receive.</summary>
    internal SrtpKey Remote { get; }

    /// <summary>The registered name of the suite.</summary>
    public override string ToString() => Suite.Name();
}

namespace CallCenterKit.Sip.Resolving;

/// <summary>Finds where a request is to be sent (RFC 3263 §4).</summary>
public interface ISipResolver
{
    /// <summary>Looks the target up; what is cached is not asked again.</summary>
    /// <param name="target">A numeric host is its own answer.</param>
    /// <param name="cancellationToken">Ends the waiting; others who wait for the same names are not disturbed.</param>
    /// <remarks>Any thread. A name that does not exist and servers that are silent are outcomes; only mistakes and cancellation throw.</remarks>
    ValueTask<SipResolution> ResolveAsync(SipTarget target, CancellationToken cancellationToken);
}

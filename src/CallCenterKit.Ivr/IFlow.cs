namespace CallCenterKit.Ivr;

/// <summary>What a caller and the machine say to each other: written as code (<see cref="CallFlow"/>) or kept as data (<see cref="IvrFlow"/>).</summary>
/// <remarks>One instance serves all calls at once, so it keeps nothing of a single call.</remarks>
public interface IFlow
{
    /// <summary>Unique within a center, compared by ordinal.</summary>
    string Name { get; }

    /// <summary>Talks to one caller. The call is ended when this returns and the caller is still there.</summary>
    /// <param name="call">The caller.</param>
    /// <param name="cancellationToken">Cancelled when the caller hangs up and when the center stops.</param>
    /// <exception cref="OperationCanceledException">The caller has left: the ordinary way out, not a fault.</exception>
    Task RunAsync(FlowCall call, CancellationToken cancellationToken);
}

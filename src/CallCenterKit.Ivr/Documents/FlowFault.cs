namespace CallCenterKit.Ivr.Documents;

/// <summary>One thing that is wrong with a flow.</summary>
/// <param name="Node">Where; null when it concerns the flow as a whole.</param>
/// <param name="Problem">What is wrong and what is allowed, as a sentence for whoever wrote the flow.</param>
public sealed record FlowFault(string? Node, string Problem)
{
    /// <inheritdoc />
    public override string ToString() => Node is null ? Problem : $"node '{Node}': {Problem}";
}

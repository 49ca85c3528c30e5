namespace CallCenterKit.Ivr.Documents;

/// <summary>A flow cannot run. The message lists all faults, not only the first.</summary>
public sealed class FlowValidationException : Exception
{
    /// <summary>Creates it.</summary>
    public FlowValidationException()
        : this("The flow has faults.")
    {
    }

    /// <summary>Creates it with a message.</summary>
    public FlowValidationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with a message and the exception behind it.</summary>
    public FlowValidationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates it for a flow and its faults.</summary>
    public FlowValidationException(string flow, IReadOnlyList<FlowFault> faults)
        : base($"Flow '{flow}' cannot run:{string.Concat(faults.Select(fault => $"\n  {fault}"))}") => Faults = faults;

    /// <summary>The faults in the order of the flow's nodes.</summary>
    public IReadOnlyList<FlowFault> Faults { get; } = [];
}

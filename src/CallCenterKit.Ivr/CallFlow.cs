namespace CallCenterKit.Ivr;

/// <summary>A flow written as straight-line asynchronous code. Derive from it, or give <see cref="Create"/> a method.</summary>
public abstract class CallFlow : IFlow
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract Task RunAsync(FlowCall call, CancellationToken cancellationToken);

    /// <summary>A flow from a method.</summary>
    /// <param name="name">Unique within a center.</param>
    /// <param name="run">Called for each caller, for many at once.</param>
    public static CallFlow Create(string name, Func<FlowCall, CancellationToken, Task> run)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(run);
        return new Method(name, run);
    }

    private sealed class Method(string name, Func<FlowCall, CancellationToken, Task> run) : CallFlow
    {
        public override string Name => name;

        public override Task RunAsync(FlowCall call, CancellationToken cancellationToken) => run(call, cancellationToken);
    }
}

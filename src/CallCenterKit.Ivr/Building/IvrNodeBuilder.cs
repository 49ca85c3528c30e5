namespace CallCenterKit.Ivr.Building;

/// <summary>Adds the steps of a named node.</summary>
public sealed class IvrNodeBuilder : IvrStepBuilder<IvrNodeBuilder>
{
    internal IvrNodeBuilder()
    {
    }
}

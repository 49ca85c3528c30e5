namespace CallCenterKit.Tests.Interop;

/// <summary>Tests with real programs run one at a time and alone: they are judged by the clock.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InteropCollection
{
    public const string Name = "Interop";
}

namespace CallCenterKit.Ivr;

/// <summary>Finds the flow that another flow names.</summary>
/// <remarks>Any thread. May answer with a newer version each time: a call stays on the one it was given.</remarks>
public interface IFlowCatalog
{
    /// <summary>The flow of that name; null when there is none.</summary>
    IFlow? Find(string name);
}

using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Whoever a leg belongs to right now.</summary>
internal interface ILegListener
{
    /// <summary>Something happened on the leg. On a driver's thread: only hands over.</summary>
    void OnSignal(ICall call, CallSignal signal);
}

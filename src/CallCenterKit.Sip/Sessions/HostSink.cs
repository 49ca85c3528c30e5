using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Tells the host, and goes on whatever the host throws: a call has to be ended and answered all the same. Any thread.</summary>
/// <param name="host">Not trusted to be free of faults.</param>
/// <param name="logger">Where they are told.</param>
internal sealed class HostSink(ITelephonySink host, ILogger logger) : ITelephonySink
{
    /// <summary>Who did not take a leg will not end it: it is refused.</summary>
    public void OnIncoming(ICall call)
    {
        if (!Try(static (host, call) => host.OnIncoming(call), call))
            call.HangUp(HangUpCause.Failed);
    }

    public void OnSignal(ICall call, CallSignal signal) => Try(static (host, told) => host.OnSignal(told.call, told.signal), (call, signal));

    public void OnReachability(EndpointId endpoint, bool reachable) =>
        Try(static (host, told) => host.OnReachability(told.endpoint, told.reachable), (endpoint, reachable));

    private bool Try<T>(Action<ITelephonySink, T> tell, T what)
    {
        try
        {
            tell(host, what);
            return true;
        }
#pragma warning disable CA1031 // whatever the host throws is its own fault, and must not stop the call or the worker
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SipLog.HostFault(logger, exception);
            return false;
        }
    }
}

using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Ivr;

/// <summary>Event ids 4000 to 4999.</summary>
internal static partial class FlowLog
{
    [LoggerMessage(4000, LogLevel.Debug, "Flow {Flow} talks to call {Call}.")]
    public static partial void FlowStarted(ILogger logger, string flow, CallId call);

    [LoggerMessage(4001, LogLevel.Debug, "Flow {Flow} on call {Call} ended: {End}.")]
    public static partial void FlowEnded(ILogger logger, string flow, CallId call, FlowEnd end);

    [LoggerMessage(4002, LogLevel.Error, "Flow {Flow} on call {Call} failed; the call is ended.")]
    public static partial void FlowFailed(ILogger logger, Exception fault, string flow, CallId call);

    [LoggerMessage(4003, LogLevel.Debug, "Key {Key} of call {Call} is lost: {Waiting} wait already.")]
    public static partial void KeyLost(ILogger logger, char key, CallId call, int waiting);

    [LoggerMessage(4004, LogLevel.Debug, "Call {Call} goes on to flow {Flow}.")]
    public static partial void FlowGoesOn(ILogger logger, CallId call, string flow);

    [LoggerMessage(4005, LogLevel.Debug, "Call {Call} hung up by its flow: {Cause}.")]
    public static partial void FlowHangsUp(ILogger logger, CallId call, HangUpCause cause);
}

using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip;

/// <summary>What the driver logs. Numbers and users at Debug only, secrets never.</summary>
internal static partial class SipLog
{
    [LoggerMessage(3100, LogLevel.Information, "SIP listens at {EndPoint} ({Protocol}).")]
    public static partial void Listening(ILogger logger, SipTransportProtocol protocol, IPEndPoint endPoint);

    [LoggerMessage(3101, LogLevel.Warning, "{Method} from {Source} has an unknown user or a wrong password.")]
    public static partial void WrongCredentials(ILogger logger, SipMethod method, IPAddress source);

    [LoggerMessage(3102, LogLevel.Debug, "{Source} failed to authenticate too often; its credentials are not looked at for now.")]
    public static partial void Throttled(ILogger logger, IPAddress source);

    [LoggerMessage(3103, LogLevel.Debug, "Endpoint {Endpoint} is {State}.")]
    public static partial void Reachability(ILogger logger, EndpointId endpoint, string state);

    [LoggerMessage(3104, LogLevel.Warning, "{Method} from {Source}: the account may not act for the user it names.")]
    public static partial void WrongIdentity(ILogger logger, SipMethod method, IPAddress source);

    [LoggerMessage(3105, LogLevel.Warning, "{Count} SIP dialogs had not said goodbye when the driver stopped.")]
    public static partial void GoodbyeIncomplete(ILogger logger, int count);

    [LoggerMessage(3106, LogLevel.Warning, "A call was refused: {MaxCalls} live already.")]
    public static partial void TooManyCalls(ILogger logger, int maxCalls);

    [LoggerMessage(3107, LogLevel.Warning, "A call was refused: {Limit}")]
    public static partial void TrunkFull(ILogger logger, string limit);

    [LoggerMessage(3108, LogLevel.Error, "Where a call is to go could not be looked up.")]
    public static partial void LookupFailed(ILogger logger, Exception fault);

    [LoggerMessage(3109, LogLevel.Error, "The host threw where it was told something; what was told goes on without it.")]
    public static partial void HostFault(ILogger logger, Exception fault);

    [LoggerMessage(3110, LogLevel.Debug, "SIP {Direction} {Remote}: {Message}")]
    public static partial void Traced(ILogger logger, string direction, IPEndPoint remote, string message);
}

using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Trunks;

/// <summary>What trunks log: names of trunks and their servers, no numbers of callers, no secrets.</summary>
internal static partial class TrunkLog
{
    [LoggerMessage(3300, LogLevel.Information, "Trunk {Trunk} is {State}: {Reason}")]
    public static partial void IsUp(ILogger logger, string trunk, SipTrunkState state, string reason);

    [LoggerMessage(3301, LogLevel.Warning, "Trunk {Trunk} is {State}: {Reason}")]
    public static partial void IsDown(ILogger logger, string trunk, SipTrunkState state, string reason);

    [LoggerMessage(3302, LogLevel.Debug, "Trunk {Trunk} could not be registered: {Reason} The next attempt is in {Pause}.")]
    public static partial void RegistrationFailed(ILogger logger, string trunk, string reason, TimeSpan pause);
}

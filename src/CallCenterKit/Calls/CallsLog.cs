using Microsoft.Extensions.Logging;

namespace CallCenterKit.Calls;

internal static partial class CallsLog
{
    [LoggerMessage(7001, LogLevel.Error, "Effect {Effect} of interaction {Interaction} failed; the call is ended.")]
    public static partial void EffectFailed(ILogger logger, Exception fault, string effect, InteractionId interaction);

    [LoggerMessage(7002, LogLevel.Error, "Recording {File} of interaction {Interaction} could not be started; the call goes on without it.")]
    public static partial void RecordingFailed(ILogger logger, Exception fault, string file, InteractionId interaction);

    [LoggerMessage(7022, LogLevel.Error, "Recording {File} of interaction {Interaction}, whose customer wants none, could not be deleted; it is still there.")]
    public static partial void DeletionFailed(ILogger logger, Exception fault, string file, InteractionId interaction);

    [LoggerMessage(7003, LogLevel.Error, "Music {File} could not be played in interaction {Interaction}.")]
    public static partial void MusicFailed(ILogger logger, Exception fault, string file, InteractionId interaction);

    [LoggerMessage(7004, LogLevel.Information, "Interaction {Interaction} began on leg {Leg}, from {Origin} to {Target}.")]
    public static partial void InteractionBegan(ILogger logger, InteractionId interaction, CallId leg, string origin, string target);

    [LoggerMessage(7005, LogLevel.Information, "Interaction {Interaction} was refused: nothing answers that number.")]
    public static partial void NoSuchNumber(ILogger logger, InteractionId interaction);

    [LoggerMessage(7006, LogLevel.Error, "Interaction {Interaction} could not be started; the call is ended.")]
    public static partial void StartFailed(ILogger logger, Exception fault, InteractionId interaction);

    [LoggerMessage(7007, LogLevel.Information, "The arrival of interaction {Interaction} was not written within 20 ms; its flow starts without waiting.")]
    public static partial void StartedUnwritten(ILogger logger, InteractionId interaction);

    [LoggerMessage(7008, LogLevel.Warning, "The contact of a caller could not be found in time; the call goes on without it.")]
    public static partial void ContactUnknown(ILogger logger, Exception fault);

    [LoggerMessage(7010, LogLevel.Warning, "What interaction {Interaction} is promised could not be written in time; it is not said.")]
    public static partial void PromiseUnwritten(ILogger logger, InteractionId interaction);

    [LoggerMessage(7011, LogLevel.Warning, "Who spoke with the party of interaction {Interaction} last could not be found in time; anybody takes it.")]
    public static partial void OwnerUnknown(ILogger logger, Exception fault, InteractionId interaction);

    [LoggerMessage(7012, LogLevel.Warning, "What is known of the party of interaction {Interaction} could not be gathered in time; the agent sees less.")]
    public static partial void ScreenPopIncomplete(ILogger logger, Exception fault, InteractionId interaction);

    [LoggerMessage(7013, LogLevel.Error, "Desk {Desk} could not show a call to agent {Agent}; the call goes on.")]
    public static partial void DeskFailed(ILogger logger, Exception fault, string desk, AgentId agent);

    [LoggerMessage(7014, LogLevel.Warning, "Agent code from extension {Endpoint} was refused: {Outcome}.")]
    public static partial void LogInRefused(ILogger logger, EndpointId endpoint, string outcome);

    [LoggerMessage(7020, LogLevel.Error, "Somebody could not be rung for interaction {Interaction}; it goes on without them.")]
    public static partial void DialFailed(ILogger logger, Exception fault, InteractionId interaction);

    [LoggerMessage(7021, LogLevel.Warning, "A call that wanted to take the place of leg {Leg} was refused: {Why}.")]
    public static partial void TakeOverRefused(ILogger logger, CallId leg, string why);

    [LoggerMessage(7015, LogLevel.Warning, "What the called party of interaction {Interaction} lets be heard before it answers cannot be passed on; the call goes on.")]
    public static partial void EarlyAudioFailed(ILogger logger, Exception fault, InteractionId interaction);

    [LoggerMessage(7016, LogLevel.Warning, "Interaction {Interaction} was refused: {Origin} may not dial outside by rule {Rule}.")]
    public static partial void OutsideRefused(ILogger logger, InteractionId interaction, string origin, string rule);

    [LoggerMessage(7009, LogLevel.Error, "Flow {Flow} of interaction {Interaction} failed; the call is ended.")]
    public static partial void FlowFailed(ILogger logger, Exception fault, string flow, InteractionId interaction);
}

using Microsoft.Extensions.Logging;

namespace CallCenterKit.Offers;

internal static partial class OffersLog
{
    [LoggerMessage(7101, LogLevel.Error, "Offer {Offer} to agent {Agent} could not be made.")]
    public static partial void RingFailed(ILogger logger, Exception fault, OfferId offer, AgentId agent);

    [LoggerMessage(7102, LogLevel.Error, "Prompt {Prompt} that asks to confirm could not be played; the key is still waited for.")]
    public static partial void ConfirmPromptFailed(ILogger logger, Exception fault, string prompt);
}

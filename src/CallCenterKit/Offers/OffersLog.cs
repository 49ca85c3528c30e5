using Microsoft.Extensions.Logging;

namespace CallCenterKit.Offers;

internal static partial class OffersLog
{
    [LoggerMessage(7101, LogLevel.Error, "Offer {Offer} to agent {Agent} could not be made.")]
    public static partial void RingFailed(ILogger logger, Exception fault, OfferId offer, AgentId agent);

    [LoggerMessage(7102, LogLevel.Error, "Prompt {Prompt} that asks to confirm could not be played; the key is still waited for.")]
    public static partial void ConfirmPromptFailed(ILogger logger, Exception fault, string prompt);

    [LoggerMessage(7103, LogLevel.Error, "Scorer {Scorer} of queue {Queue} does not exist; the queue's strategy chooses.")]
    public static partial void NoScorer(ILogger logger, string scorer, QueueId queue);

    [LoggerMessage(7104, LogLevel.Warning, "Scorer {Scorer} of queue {Queue} did not answer in time; the queue's strategy chooses.")]
    public static partial void ScorerLate(ILogger logger, string scorer, QueueId queue);

    [LoggerMessage(7105, LogLevel.Error, "Scorer {Scorer} of queue {Queue} failed; the queue's strategy chooses.")]
    public static partial void ScorerFailed(ILogger logger, Exception fault, string scorer, QueueId queue);

    [LoggerMessage(7106, LogLevel.Error, "What agent {Agent} and the caller are told before they are joined in interaction {Interaction} could not be played; they are joined without it.")]
    public static partial void IntroductionFailed(ILogger logger, Exception fault, AgentId agent, InteractionId interaction);

    [LoggerMessage(7107, LogLevel.Warning, "The callback of interaction {Interaction} cannot be made: no rule of the dial plan leads to its number.")]
    public static partial void CallbackLeadsNowhere(ILogger logger, InteractionId interaction);

    [LoggerMessage(7109, LogLevel.Error, "Phone {Endpoint} of an agent could not be rung; the agent's other phones ring on.")]
    public static partial void PhoneFailed(ILogger logger, Exception fault, EndpointId endpoint);

    [LoggerMessage(7108, LogLevel.Error, "The callback of interaction {Interaction} could not be made.")]
    public static partial void CallbackFailed(ILogger logger, Exception fault, InteractionId interaction);
}

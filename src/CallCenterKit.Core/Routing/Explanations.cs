using CallCenterKit.Queues;
using CallCenterKit.Skills;

namespace CallCenterKit.Routing;

/// <summary>Why one who waits has the place it has.</summary>
/// <param name="Entry">Which stay.</param>
/// <param name="Interaction">Who waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Place">From 1, those being offered included.</param>
/// <param name="Waited">Since it first began to wait.</param>
/// <param name="Credits">What is given on top of the wait, those of the queue included.</param>
/// <param name="Requirement">What an agent needs for it now.</param>
/// <param name="OfferedTo">Who is being rung for it.</param>
/// <param name="Candidates">How many agents could take it this moment.</param>
/// <param name="Expected">How long it is expected to wait from now on; null when that is not known yet.</param>
/// <param name="Text">All this in words.</param>
public sealed record PlaceExplanation(
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    int Place,
    TimeSpan Waited,
    IReadOnlyList<Credit> Credits,
    SkillExpression Requirement,
    IReadOnlyList<AgentId> OfferedTo,
    int Candidates,
    WaitEstimate? Expected,
    string Text)
{
    /// <summary>Wait and credits together: whoever has more is served first.</summary>
    public TimeSpan Score => Credits.Aggregate(Waited, (sum, credit) => sum + credit.Wait);
}

/// <summary>Why an agent is not offered what waits.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Interaction">What waits.</param>
/// <param name="Reasons">Each that alone would be enough; none when the agent could be chosen.</param>
/// <param name="Text">All this in words.</param>
public sealed record AgentExplanation(AgentId Agent, InteractionId Interaction, IReadOnlyList<NoOfferReason> Reasons, string Text);

/// <summary>One reason why an agent is not offered what waits.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Text">In words, with the values.</param>
public sealed record NoOfferReason(NoOffer Kind, string Text);

/// <summary>Kinds of reasons why an agent is not offered what waits.</summary>
public enum NoOffer
{
    /// <summary>The model does not know the agent.</summary>
    UnknownAgent,

    /// <summary>It does not wait.</summary>
    NotWaiting,

    /// <summary>The agent does not serve the queue.</summary>
    NoMember,

    /// <summary>The agent is not at work.</summary>
    LoggedOut,

    /// <summary>The agent is about to leave.</summary>
    Leaving,

    /// <summary>The agent takes no offers.</summary>
    Paused,

    /// <summary>The phone cannot be reached.</summary>
    Unreachable,

    /// <summary>The agent is being rung already.</summary>
    Ringing,

    /// <summary>The agent does after-call work.</summary>
    WrappingUp,

    /// <summary>The agent did not take an offer a moment ago.</summary>
    Resting,

    /// <summary>The agent carries as much as they can.</summary>
    NoCapacity,

    /// <summary>The agent must not be interrupted by this channel.</summary>
    NotInterruptible,

    /// <summary>The agent lacks a skill.</summary>
    Skills,

    /// <summary>The agent's tier is not open yet.</summary>
    Tier,

    /// <summary>Another agent, who knows the party, is waited for.</summary>
    Owner,

    /// <summary>The agent carries it already.</summary>
    CarriesIt,

    /// <summary>It is rung at somebody else.</summary>
    OfferedElsewhere,

    /// <summary>A scorer is asked.</summary>
    Scoring,

    /// <summary>The callback is not due yet, or the party is being called.</summary>
    NotDue,
}

using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;

namespace CallCenterKit.Desks;

/// <summary>What agents do with their calls at a desk: the same inputs as from a phone. Any thread; never waits.</summary>
internal sealed class DeskCalls(CenterServices center, Interactions interactions)
{
    public DeskOutcome Transfer(InteractionId interaction, AgentId agent, string number, ActorId by) =>
        Ask(interaction, agent, number, takesPlaces: true, (leg, target) => new TransferAsked(leg, target, by));

    public DeskOutcome Consult(InteractionId interaction, AgentId agent, string number, ActorId by) =>
        Ask(interaction, agent, number, takesPlaces: false, (leg, target) => new ConsultAsked(leg, target, by));

    public DeskOutcome AddParty(InteractionId interaction, AgentId agent, string number) =>
        Ask(interaction, agent, number, takesPlaces: false, (leg, target) => new PartyAsked(leg, target));

    public DeskOutcome CompleteTransfer(InteractionId interaction, AgentId agent, ActorId by) => Ask(interaction, agent, leg => new CompletionAsked(leg, by));

    public DeskOutcome CancelConsult(InteractionId interaction, AgentId agent) => Ask(interaction, agent, leg => new CancellationAsked(leg));

    public DeskOutcome Conference(InteractionId interaction, AgentId agent) => Ask(interaction, agent, leg => new ConferenceAsked(leg));

    public DeskOutcome Hold(InteractionId interaction, AgentId agent) => Ask(interaction, agent, leg => new HoldAsked(leg));

    public DeskOutcome TakeBack(InteractionId interaction, AgentId agent) => Ask(interaction, agent, leg => new ResumeAsked(leg));

    public DeskOutcome HangUp(InteractionId interaction, AgentId agent) => Ask(interaction, agent, leg => new RemovalAsked(leg));

    /// <summary>Something about the recording; null is asked by the host itself, who need not be in the call.</summary>
    public DeskOutcome Record(InteractionId interaction, AgentId? agent, ConversationInput asked)
    {
        if (interactions.Find(interaction) is not { } host || (agent is { } known && host.LegOf(known) is null))
            return DeskOutcome.NotInCall;
        host.Post(asked);
        return DeskOutcome.Asked;
    }

    private DeskOutcome Ask(InteractionId interaction, AgentId agent, Func<CallId, ConversationInput> asked)
    {
        if (interactions.Find(interaction) is not { } host || host.LegOf(agent) is not { } leg)
            return DeskOutcome.NotInCall;
        host.Post(asked(leg));
        return DeskOutcome.Asked;
    }

    private DeskOutcome Ask(InteractionId interaction, AgentId agent, string number, bool takesPlaces, Func<CallId, TransferTarget, ConversationInput> asked)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (interactions.Find(interaction) is not { } host || host.LegOf(agent) is not { } leg || host.PhoneOf(leg) is not { } phone)
            return DeskOutcome.NotInCall;
        var target = TransferTargets.Of(center, number, phone);
        if (target is TransferTarget.Nowhere nowhere)
            return nowhere.End == DialEnd.Rejected ? DeskOutcome.Forbidden : DeskOutcome.NoSuchNumber;
        if (target is TransferTarget.ToPlace && !takesPlaces)
            return DeskOutcome.NoSuchNumber;
        host.Post(asked(leg, target));
        return DeskOutcome.Asked;
    }
}

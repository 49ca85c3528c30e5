using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

// Supervisors hear what their agent hears, and are heard as far as their role goes. They are no parties: whoever counts,
// holds, passes on or is served does not know of them.
public sealed partial class Conversation
{
    private void BeginSupervision(SupervisorJoined joined, ConversationOutput output)
    {
        var isWanted = !_isEnding && _state.IsServed && IsHere(joined.Agent)
            && _state.Find(joined.Leg) is null && !_state.Supervisions.Exists(each => each.By == joined.Actor || each.Leg == joined.Leg);
        if (isWanted)
            Emit(new SupervisionBegan(Interaction, joined.Leg, joined.Endpoint, joined.Agent, joined.Role, joined.Scope, joined.Actor), output);
        else
            output.Add(new EndLeg(joined.Leg, HangUpCause.Cancelled));
    }

    private void ChangeSupervision(SupervisionRoleAsked asked, ConversationOutput output)
    {
        if (_state.SupervisionOn(asked.Leg) is { } supervision && supervision.Role != asked.Role)
            Emit(new SupervisionChanged(Interaction, asked.Leg, supervision.Agent, asked.Role, asked.Actor), output);
    }

    private void WithdrawSupervision(SupervisionEndAsked asked, ConversationOutput output)
    {
        if (_state.SupervisionOn(asked.Leg) is { } supervision)
            EndSupervision(supervision, SupervisionEnd.Withdrawn, asked.Actor, output);
    }

    /// <summary>True when the leg was a supervisor's.</summary>
    private bool TryLoseSupervisor(CallId leg, ConversationOutput output)
    {
        if (_state.SupervisionOn(leg) is not { } supervision)
            return false;
        _placement.Forget(leg);
        Emit(new SupervisionEnded(Interaction, leg, SupervisionEnd.SupervisorLeft, supervision.By), output);
        return true;
    }

    /// <summary>Each supervision goes on with its agent, with the next one, or ends.</summary>
    private void FollowSupervised(ConversationOutput output)
    {
        for (var i = _state.Supervisions.Count - 1; i >= 0; i--)
        {
            var each = _state.Supervisions[i];
            if (_isEnding || !_state.IsServed)
                EndSupervision(each, SupervisionEnd.CallOver, null, output);
            else if (IsHere(each.Agent))
                continue;
            else if (each.Scope == SupervisionScope.Agent)
                EndSupervision(each, SupervisionEnd.AgentLeft, null, output);
            else if (_state.Others.LastOrDefault(party => party is { Group: ConversationState.Main, Agent: not null })?.Agent is { } next)
                Emit(new SupervisionChanged(Interaction, each.Leg, next, each.Role, null), output);
        }
    }

    private void EndSupervision(Supervision supervision, SupervisionEnd end, ActorId? by, ConversationOutput output)
    {
        _placement.Forget(supervision.Leg);
        Emit(new SupervisionEnded(Interaction, supervision.Leg, end, by), output);
        output.Add(new EndLeg(supervision.Leg, HangUpCause.Normal));
    }

    private bool IsHere(AgentId agent) => _state.Parties.Exists(party => party.Agent == agent);
}

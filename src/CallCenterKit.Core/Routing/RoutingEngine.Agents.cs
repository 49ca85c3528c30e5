namespace CallCenterKit.Routing;

// Who is at work, where, and what is left of the last conversation.
public sealed partial class RoutingEngine
{
    /// <summary>Who logs an agent out whom the model does not know any more.</summary>
    private static readonly ActorId Itself = new("routing");

    private void Decide(LogIn command, RoutingOutput output)
    {
        if (!_state.Model.Agents.ContainsKey(command.Agent) || !_state.Agents.TryGetValue(command.Agent, out var agent))
            return;
        if (agent.Endpoint == command.Endpoint && !agent.IsMarked)
            return;
        if (_state.Leases.TryGetValue(command.Endpoint, out var holder) && holder != agent)
            LogOut(holder, command.By, output);
        if (agent.Endpoint != command.Endpoint)
            WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        Happen(new AgentLoggedIn(command.Agent, command.Endpoint, command.By), output);
    }

    private void Decide(LogOut command, RoutingOutput output)
    {
        if (FindAtWork(command.Agent) is { } agent)
            LogOut(agent, command.By, output);
    }

    private void Decide(Pause command, RoutingOutput output)
    {
        if (FindAtWork(command.Agent) is not { } agent || agent.PauseReason == command.Reason)
            return;
        WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        Happen(new AgentPaused(command.Agent, command.Reason, command.By), output);
    }

    private void Decide(Resume command, RoutingOutput output)
    {
        if (FindAtWork(command.Agent) is { } agent && (agent.PauseReason is not null || agent.IsMarked))
            Happen(new AgentResumed(command.Agent, command.By), output);
    }

    private void Decide(ReachabilityChanged command, RoutingOutput output)
    {
        _state.Leases.TryGetValue(command.Endpoint, out var agent);
        var wasReachable = !_state.LostEndpoints.Contains(command.Endpoint);
        if (wasReachable == command.Reachable && agent is not { IsMarked: true })
            return;
        Happen(new EndpointReachability(command.Endpoint, command.Reachable), output);
        if (!command.Reachable && agent is not null)
            WithdrawOfferOf(agent, OfferEnd.Unreachable, output);
    }

    private void Decide(AssignmentEnded command, RoutingOutput output)
    {
        if (!_state.Agents.TryGetValue(command.Agent, out var agent))
            return;
        var assignment = agent.Assignments.Find(each => each.Interaction == command.Interaction && each.WrapUpUntil is null);
        if (assignment is null)
            return;
        var wrapUp = _state.Model.Queues.TryGetValue(assignment.Queue, out var queue) ? queue.WrapUp : TimeSpan.Zero;
        DateTimeOffset? until = wrapUp > TimeSpan.Zero ? Now + wrapUp : null;
        Happen(new AssignmentOver(agent.Id, assignment.Interaction, assignment.Queue, until), output);
    }

    private void Decide(FinishWrapUp command, RoutingOutput output)
    {
        if (_state.Agents.TryGetValue(command.Agent, out var agent)
            && agent.Assignments.Exists(each => each.Interaction == command.Interaction && each.WrapUpUntil is not null))
        {
            Happen(new WrapUpEnded(command.Agent, command.Interaction, command.Disposition, TimedOut: false), output);
        }
    }

    private void WrapUpTimePassed(Presence agent, RoutingOutput output)
    {
        while (agent.Assignments.Find(each => each.WrapUpUntil <= Now) is { } done)
            Happen(new WrapUpEnded(agent.Id, done.Interaction, Disposition: null, TimedOut: true), output);
    }

    private void LogOut(Presence agent, ActorId by, RoutingOutput output)
    {
        WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        Happen(new AgentLoggedOut(agent.Id, by), output);
    }

    private Presence? FindAtWork(AgentId id) =>
        _state.Agents.TryGetValue(id, out var agent) && agent.Endpoint is not null ? agent : null;
}

using CallCenterKit.Model;

namespace CallCenterKit.Routing;

// Who is at work, where, and what is left of the last conversation.
public sealed partial class RoutingEngine
{
    /// <summary>Who acts when no person does.</summary>
    private static readonly ActorId Itself = new("routing");

    private void Decide(LogIn command, RoutingOutput output)
    {
        if (!_state.Model.Agents.ContainsKey(command.Agent) || !_state.Agents.TryGetValue(command.Agent, out var agent))
            return;
        if (agent.Endpoint == command.Endpoint && agent is { IsMarked: false, IsLeaving: false })
            return;
        if (_state.Leases.TryGetValue(command.Endpoint, out var holder) && holder != agent)
            LogOut(holder, command.By, output);
        if (agent.Endpoint != command.Endpoint)
            WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        Happen(new AgentLoggedIn(command.Agent, command.Endpoint, command.By), output);
    }

    private void Decide(LogOut command, RoutingOutput output)
    {
        if (FindAtWork(command.Agent) is not { } agent)
            return;
        WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        if (!command.WhenFree || agent.Assignments.Count == 0)
            LogOut(agent, command.By, output);
        else if (!agent.IsLeaving)
            Happen(new AgentLeaving(agent.Id, command.By), output);
    }

    private void Decide(Pause command, RoutingOutput output)
    {
        if (FindAtWork(command.Agent) is not { } agent || agent.PauseReason == command.Reason || agent.MissingDispositions.Count > 0)
            return;
        WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        Happen(new AgentPaused(command.Agent, command.Reason, command.By), output);
    }

    private void Decide(Resume command, RoutingOutput output)
    {
        if (FindAtWork(command.Agent) is { MissingDispositions.Count: 0 } agent && (agent.PauseReason is not null || agent.IsMarked || agent.IsLeaving))
            Happen(new AgentResumed(command.Agent, command.By), output);
    }

    private void Decide(ReachabilityChanged command, RoutingOutput output)
    {
        var wasReachable = !_state.LostEndpoints.Contains(command.Endpoint);
        if (wasReachable == command.Reachable && !_state.AgentsOf(command.Endpoint).Exists(static agent => agent.IsMarked))
            return;
        Happen(new EndpointReachability(command.Endpoint, command.Reachable), output);
        foreach (var affected in _state.AgentsOf(command.Endpoint))
        {
            if (affected.IsLost)
                WithdrawOfferOf(affected, OfferEnd.Unreachable, output);
        }
    }

    /// <summary>Asked again and again, until the phone is said to be there or not.</summary>
    private void Qualify(Presence agent, RoutingOutput output)
    {
        var rest = agent.Queues.Count > 0 && agent.Queues[0].Model is { } queue ? queue.Retry.Unreachable : RetryRules.Default.Unreachable;
        output.Add(new QualifyAgent(agent.Id, agent.Endpoint!.Value));
        Happen(new AgentUnreachable(agent.Id, Now + (rest > TimeSpan.Zero ? rest : RetryRules.Default.Unreachable)), output);
    }

    private void Decide(HoldAssignment command, RoutingOutput output)
    {
        if (FindTalking(command.Agent, command.Interaction) is { } assignment && assignment.IsHeld != command.Held)
            Happen(new AssignmentHeld(command.Agent, command.Interaction, command.Held), output);
    }

    /// <summary>The phone is in use: whoever rings at the agent goes to somebody else.</summary>
    private void Decide(CallTaken command, RoutingOutput output)
    {
        if (!_state.Agents.TryGetValue(command.Agent, out var agent) || agent.Model is null || agent.Carries(command.Interaction))
            return;
        WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        while (RoutingState.FindWrapUp(agent, command.Interaction) is { } early) // It came back, so its after-call work is yet to come.
            Happen(new WrapUpEnded(agent.Id, command.Interaction, early.Disposition, TimedOut: false), output);
        Happen(new AssignmentTaken(agent.Id, command.Interaction, command.Queue, Channels.Voice, Cost: 1, command.Direction), output);
    }

    private void Decide(AssignmentEnded command, RoutingOutput output)
    {
        if (FindTalking(command.Agent, command.Interaction) is not { } assignment)
            return;
        DateTimeOffset? until = ModelOf(assignment.Queue) is { } queue
            && queue.WrapUpMode != WrapUpMode.None
            && queue.WrapUp > TimeSpan.Zero
            && !command.InVain
                ? Now + queue.WrapUp
                : null;
        Happen(new AssignmentOver(command.Agent, assignment.Interaction, assignment.Queue, until), output);
        LeaveIfFree(command.Agent, output);
    }

    private void Decide(FinishWrapUp command, RoutingOutput output)
    {
        if (!_state.Agents.TryGetValue(command.Agent, out var agent))
            return;
        if (agent.MissingDispositions.Find(each => each.Interaction == command.Interaction) is { } missing)
            MakeUpFor(agent, missing, command, output);
        else if (RoutingState.FindWrapUp(agent, command.Interaction) is { } running)
            Finish(agent, running, command, output);
    }

    private void Finish(Presence agent, Assignment running, FinishWrapUp command, RoutingOutput output)
    {
        var queue = ModelOf(running.Queue);
        var disposition = Allowed(queue, command.Disposition) ? command.Disposition : null;
        if (command.Disposition is not null && disposition is null)
            return;
        if (queue?.WrapUpMode == WrapUpMode.Timed)
        {
            if (disposition is not null)
                Happen(new DispositionGiven(agent.Id, command.Interaction, disposition, command.By), output);
            return;
        }
        if (disposition is null && running.Disposition is null && Requires(queue))
            return;
        Happen(new WrapUpEnded(agent.Id, command.Interaction, disposition ?? running.Disposition, TimedOut: false), output);
        LeaveIfFree(agent.Id, output);
    }

    private void MakeUpFor(Presence agent, MissingDisposition missing, FinishWrapUp command, RoutingOutput output)
    {
        if (command.Disposition is null || !Allowed(_state.Model.Queues.GetValueOrDefault(missing.Queue), command.Disposition))
            return;
        Happen(new DispositionGiven(agent.Id, command.Interaction, command.Disposition, command.By), output);
        if (agent is { MissingDispositions.Count: 0, Endpoint: not null, PauseReason: PauseReasons.DispositionMissing })
            Happen(new AgentResumed(agent.Id, command.By), output);
    }

    private void WrapUpTimePassed(Presence agent, RoutingOutput output)
    {
        while (agent.Assignments.Find(each => each.WrapUpUntil <= Now) is { } done)
        {
            if (done.Disposition is null && Requires(ModelOf(done.Queue)))
                StopFor(agent, done, output);
            else
                Happen(new WrapUpEnded(agent.Id, done.Interaction, done.Disposition, TimedOut: true), output);
        }
        LeaveIfFree(agent.Id, output);
    }

    private void StopFor(Presence agent, Assignment done, RoutingOutput output)
    {
        Happen(new DispositionMissing(agent.Id, done.Interaction, done.Queue!.Value), output); // A queue required it.
        if (agent is { Endpoint: not null, PauseReason: null }) // Another pause goes on, also once it is given.
            Happen(new AgentPaused(agent.Id, PauseReasons.DispositionMissing, Itself), output);
    }

    private static bool Requires(QueueModel? queue) => queue is { WrapUpMode: WrapUpMode.Mandatory } or { DispositionRequired: true };

    private static bool Allowed(QueueModel? queue, string? disposition) =>
        queue is null || queue.Dispositions.Count == 0 || (disposition is not null && queue.Dispositions.Contains(disposition));

    private void LeaveIfFree(AgentId id, RoutingOutput output)
    {
        if (FindAtWork(id) is { IsLeaving: true, Assignments.Count: 0 } agent)
            LogOut(agent, agent.LeavingBy, output);
    }

    private void LogOut(Presence agent, ActorId by, RoutingOutput output)
    {
        WithdrawOfferOf(agent, OfferEnd.Withdrawn, output);
        Happen(new AgentLoggedOut(agent.Id, by), output);
    }

    private QueueModel? ModelOf(QueueId? queue) => queue is { } id ? _state.Model.Queues.GetValueOrDefault(id) : null;

    private Presence? FindAtWork(AgentId id) =>
        _state.Agents.TryGetValue(id, out var agent) && agent.Endpoint is not null ? agent : null;

    private Assignment? FindTalking(AgentId agent, InteractionId interaction)
    {
        if (!_state.Agents.TryGetValue(agent, out var presence))
            return null;
        foreach (var each in presence.Assignments)
        {
            if (each.Interaction == interaction && each is { WrapUpUntil: null, StartedAt: not null })
                return each;
        }
        return null;
    }
}

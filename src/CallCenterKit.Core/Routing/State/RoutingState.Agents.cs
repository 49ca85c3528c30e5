using System.Runtime.InteropServices;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

// Agents: presence, and what they carry.
internal sealed partial class RoutingState
{
    private void Apply(EndpointReachability happened, DateTimeOffset at)
    {
        if (happened.Reachable)
            LostEndpoints.Remove(happened.Endpoint);
        else
            LostEndpoints.Add(happened.Endpoint);
        foreach (var agent in AgentsOf(happened.Endpoint))
        {
            agent.IsLost = HasLostAll(agent);
            if (happened.Reachable)
                Unmark(agent);
            Changed(agent, at);
        }
    }

    /// <summary>Who is reached at an endpoint: whoever works from it, and the agent at work among whose several phones it is.</summary>
    public List<Presence> AgentsOf(EndpointId endpoint)
    {
        var found = new List<Presence>(1);
        if (Leases.TryGetValue(endpoint, out var holder))
            found.Add(holder);
        if (Owners.TryGetValue(endpoint, out var owner) && owner != holder && owner.Endpoint is not null)
            found.Add(owner);
        return found;
    }

    /// <summary>Whether none of the phones that are rung for the agent can be reached.</summary>
    private bool HasLostAll(Presence agent)
    {
        if (agent.Endpoint is not { } lease || !LostEndpoints.Contains(lease))
            return false;
        return agent.Model is not { RingOrder: not RingOrder.First } model || model.Endpoints.All(each => LostEndpoints.Contains(each.Endpoint));
    }

    private void Apply(AgentLoggedIn happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        if (agent.Endpoint is { } earlier)
            Leases.Remove(earlier);
        else
            BeginShift(agent, at);
        agent.Endpoint = happened.Endpoint;
        agent.IsLost = HasLostAll(agent);
        agent.IsLeaving = false;
        agent.RestUntil = null;
        agent.Missed = 0;
        Unmark(agent);
        Leases[happened.Endpoint] = agent;
        Changed(agent, at);
    }

    /// <summary>A disposition that was missing when the agent left is still missing.</summary>
    private static void BeginShift(Presence agent, DateTimeOffset at)
    {
        agent.LastCallEndedAt = at;
        (agent.Calls, agent.TalkTime) = (0, TimeSpan.Zero);
        agent.PauseReason = agent.MissingDispositions.Count > 0 ? PauseReasons.DispositionMissing : null;
        Array.Clear(agent.TicksIn);
        (agent.LoggedInAt, agent.TimedUntil) = (at, at);
    }

    private void Apply(AgentLoggedOut happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        CountTime(agent, at);
        if (agent.Endpoint is { } endpoint)
            Leases.Remove(endpoint);
        (agent.Endpoint, agent.PauseReason, agent.RestUntil, agent.LoggedInAt) = (null, null, null, null);
        (agent.IsLost, agent.IsLeaving) = (false, false);
        Unmark(agent);
        Changed(agent, at);
    }

    private void Apply(AgentLeaving happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        (agent.IsLeaving, agent.LeavingBy) = (true, happened.By);
        Changed(agent, at);
    }

    private void Apply(AgentPaused happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        agent.PauseReason = happened.Reason;
        Changed(agent, at);
    }

    private void Apply(AgentResumed happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        (agent.PauseReason, agent.IsLeaving, agent.Missed) = (null, false, 0);
        Unmark(agent);
        Changed(agent, at);
    }

    private void Apply(AgentUnreachable happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        if (agent.Offer is { SettleBy: not null } offer)
            Remove(offer);
        agent.IsMarked = agent.Endpoint is not null;
        if (agent.IsMarked)
        {
            agent.QualifyAt = happened.QualifyAt;
            observer?.MarkBegan(agent, happened.QualifyAt);
        }
        Changed(agent, at);
    }

    private void Apply(AssignmentStarted happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        var assignment = agent.Assignments.Find(each => each.Interaction == happened.Interaction && each.StartedAt is null);
        if (assignment is null)
            agent.Assignments.Add(assignment = AssignmentOf(agent, happened.Interaction, happened.Queue, happened.Channel, happened.Cost, at));
        assignment.StartedAt = at;
        AddCarrier(happened.Interaction, agent);
        agent.Calls++;
        agent.Tally.Count(at, 1, TimeSpan.Zero);
        agent.RestUntil = null;
        agent.Missed = 0;
        Changed(agent, at);
    }

    private void Apply(AssignmentTaken happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        agent.Assignments.Add(new(happened.Interaction, happened.Queue, happened.Channel, happened.Cost)
        {
            OfferedAt = at,
            StartedAt = at,
            IsTaken = true,
            Direction = happened.Direction,
        });
        AddCarrier(happened.Interaction, agent);
        agent.Calls++;
        agent.Tally.Count(at, 1, TimeSpan.Zero);
        Changed(agent, at);
    }

    private void Apply(AssignmentOver happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        var index = agent.Assignments.FindIndex(each => each.Interaction == happened.Interaction && each.WrapUpUntil is null && each.StartedAt is not null);
        if (index < 0)
            return;
        var assignment = agent.Assignments[index];
        var talk = at - assignment.StartedAt!.Value;
        RemoveCarrier(happened.Interaction, agent);
        agent.LastCallEndedAt = at;
        agent.TalkTime += talk;
        agent.Tally.Count(at, 0, talk);
        if (happened.WrapUpUntil is { } until)
        {
            assignment.WrapUpUntil = until;
            observer?.WrapUpBegan(agent, until);
        }
        else
        {
            EndOf(agent, assignment, at);
        }
        Changed(agent, at);
    }

    private void Apply(AssignmentHeld happened)
    {
        if (Agents.TryGetValue(happened.Agent, out var agent)
            && agent.Assignments.Find(each => each.Interaction == happened.Interaction && each.WrapUpUntil is null) is { } assignment)
        {
            assignment.IsHeld = happened.Held;
        }
    }

    private void Apply(WrapUpEnded happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        if (FindWrapUp(agent, happened.Interaction) is { } done)
            EndOf(agent, done, at);
        Changed(agent, at);
    }

    private void Apply(DispositionMissing happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        if (FindWrapUp(agent, happened.Interaction) is { } done)
            EndOf(agent, done, at);
        agent.MissingDispositions.Add(new(happened.Interaction, happened.Queue));
        Changed(agent, at);
    }

    private void Apply(DispositionGiven happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        if (agent.MissingDispositions.RemoveAll(missing => missing.Interaction == happened.Interaction) == 0 && FindWrapUp(agent, happened.Interaction) is { } running)
            running.Disposition = happened.Disposition;
        Changed(agent, at);
    }

    /// <summary>An agent may wrap up one interaction twice, when it came back to them meanwhile: the earlier deadline ends first.</summary>
    public static Assignment? FindWrapUp(Presence agent, InteractionId interaction)
    {
        Assignment? first = null;
        foreach (var each in agent.Assignments)
        {
            if (each.Interaction == interaction && each.WrapUpUntil is not null && !(first?.WrapUpUntil <= each.WrapUpUntil))
                first = each;
        }
        return first;
    }

    /// <summary>How long a call takes that nobody waited for says nothing about how fast the queue moves.</summary>
    private void EndOf(Presence agent, Assignment assignment, DateTimeOffset at)
    {
        agent.Assignments.Remove(assignment);
        if (!assignment.IsTaken && assignment.Queue is { } queue && Queues.TryGetValue(queue, out var book))
            book.CountService(at - assignment.OfferedAt);
    }

    private static Assignment AssignmentOf(Presence agent, InteractionId interaction, QueueId queue, string channel, int cost, DateTimeOffset at) =>
        new(interaction, queue, channel, cost) { OfferedAt = agent.LastOfferedAt ?? at };

    private void AddCarrier(InteractionId interaction, Presence agent) =>
        Carriers[interaction] = Carriers.TryGetValue(interaction, out var others) ? [.. others, agent] : [agent];

    private void RemoveCarrier(InteractionId interaction, Presence agent)
    {
        if (!Carriers.TryGetValue(interaction, out var carriers))
            return;
        if (carriers.Length > 1)
            Carriers[interaction] = [.. carriers.Where(other => other != agent)];
        else if (carriers[0] == agent)
            Carriers.Remove(interaction);
    }

    private static void Unmark(Presence agent) => (agent.IsMarked, agent.QualifyAt) = (false, null);

    private Presence AgentOf(AgentId id)
    {
        ref var agent = ref CollectionsMarshal.GetValueRefOrAddDefault(Agents, id, out _);
        return agent ??= new(id);
    }

    private void Changed(Presence agent, DateTimeOffset at)
    {
        CountTime(agent, at);
        var state = agent.Evaluate();
        if (state != agent.State)
            Change(agent, state, at);
        observer?.AgentChanged(agent);
        ForgetIfGone(agent);
    }

    private void Change(Presence agent, AgentState state, DateTimeOffset at)
    {
        var before = agent.State;
        agent.State = state;
        agent.Since = at;
        if (state == AgentState.Available)
            agent.AvailableSince = at;
        foreach (var book in agent.Queues)
        {
            book.Members[(int)before]--;
            book.Members[(int)state]++;
            if (book.Model?.LeaveRule is not null)
                SeeWhetherEmpty(book, at);
        }
    }

    private static void CountTime(Presence agent, DateTimeOffset at)
    {
        if (agent.LoggedInAt is null || at <= agent.TimedUntil)
            return;
        agent.TicksIn[(int)agent.State] += (at - agent.TimedUntil).Ticks;
        agent.TimedUntil = at;
    }

    private void ForgetIfGone(Presence agent)
    {
        if (agent is { Model: null, Endpoint: null, Offer: null, Assignments.Count: 0, MissingDispositions.Count: 0 })
            Agents.Remove(agent.Id);
    }
}

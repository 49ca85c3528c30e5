using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>Engines that are broken on purpose: each breaks one rule, and the referee must notice.</summary>
internal static class Saboteurs
{
    public static IReadOnlyDictionary<string, (Rules Rule, EngineMaker Maker)> All { get; } = new Dictionary<string, (Rules, EngineMaker)>
    {
        ["A late answer wins too"] = (Rules.OneWinner, new Broken(engine => new LateAnswersWin(engine))),
        ["Agents carry one more"] = (Rules.WithinCapacity, new Broken(engine => new OneMoreEach(engine))),
        ["A pause is confirmed and forgotten"] = (Rules.OnlyReadyAgents, new Broken(engine => new SwallowsPauses(engine))),
        ["A logout is confirmed and forgotten"] = (Rules.OnlyReadyAgents, new Broken(engine => new SwallowsLogOuts(engine))),
        ["Agents are rung while they wrap up"] = (Rules.OnlyReadyAgents, new Broken(engine => new RingsInWrapUp(engine))),
        ["Some have credits that nobody gave"] = (Rules.PlacesNeverWorsen, new Broken(engine => new HiddenCredits(engine))),
        ["Some are never given back"] = (Rules.EachEndsOnce, new Broken(engine => new KeepsThem(engine))),
        ["Some are given back twice"] = (Rules.EachEndsOnce, new Broken(engine => new GivesBackTwice(engine))),
        ["Wrap-up is a tick too long"] = (Rules.WrapUpExact, new Broken(engine => new ATickLate(engine))),
        ["Wrap-up is slept through"] = (Rules.WrapUpExact, new Broken(engine => new Oversleeps(engine))),
        ["A queue takes one more"] = (Rules.LengthsExact, new Broken(engine => new RoomForOneMore(engine))),
        ["Who comes back begins anew"] = (Rules.NobodyOvertaken, new Broken(engine => new ForgetsTheWait(engine))),
        ["Pauses begin before they were asked for"] = (Rules.TimeAddsUp, new Broken(engine => new BackdatesPauses(engine))),
        ["A replay draws by another seed"] = (Rules.ReplayIsIdentical, new OtherSeed()),
        ["A restart ends pauses"] = (Rules.RestartKeepsAll, new Forgetful(agent => agent with { PauseReason = null })),
        ["A restart ends leases"] = (Rules.RestartKeepsAll, new Forgetful(agent => agent with { Endpoint = null })),
        ["A restart begins counting anew"] = (Rules.RestartKeepsAll, new Forgetful(agent => agent with { Calls = 0, TalkTime = TimeSpan.Zero, Tally = [] })),
        ["A restart loses the round robin"] = (Rules.RestartKeepsAll, new Forgetful(queue => queue with { Cursor = null })),
        ["A restart loses callbacks"] = (Rules.RestartKeepsAll, new Forgetful(entry => entry.Reach != PartyReach.ToBeCalled)),
        ["A resume is confirmed and forgotten"] = (Rules.NobodyWaitsInVain, new Broken(engine => new SwallowsResumes(engine))),
    };

    private sealed class Broken(Func<RoutingEngine, IEngine> sabotage) : EngineMaker
    {
        public override IEngine ForTheDay(ulong seed) => sabotage(New(seed));
    }

    private sealed class OtherSeed : EngineMaker
    {
        public override IEngine ForReplay(ulong seed) => base.ForReplay(seed + 1);
    }

    private sealed class Forgetful : EngineMaker
    {
        private readonly Func<RoutingSnapshot, RoutingSnapshot> _loss;

        public Forgetful(Func<AgentSnapshot, AgentSnapshot> loss) => _loss = snapshot => snapshot with { Agents = [.. snapshot.Agents.Select(loss)] };

        public Forgetful(Func<QueueSnapshot, QueueSnapshot> loss) => _loss = snapshot => snapshot with { Queues = [.. snapshot.Queues.Select(loss)] };

        public Forgetful(Func<EntrySnapshot, bool> keeps) => _loss = snapshot => snapshot with { Entries = [.. snapshot.Entries.Where(keeps)] };

        public override IEngine AfterRestart(RoutingSnapshot snapshot) => base.AfterRestart(_loss(snapshot));
    }

    private sealed class LateAnswersWin(RoutingEngine engine) : RealEngine(engine)
    {
        private readonly Dictionary<OfferId, OfferEnded> _lost = [];

        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command, now, output);
            foreach (var lost in output.Events.OfType<OfferEnded>().Where(ended => ended.End == OfferEnd.AnsweredElsewhere))
                _lost[lost.Offer] = lost;
            if (command is not OfferAnswered answered || !_lost.TryGetValue(answered.Offer, out var late))
                return;
            output.Add(new AssignmentStarted(late.Agent, late.Interaction, late.Queue, Channels.Voice, 1, TimeSpan.Zero));
            output.Add(new Connect(late.Offer, late.Interaction, late.Queue, late.Agent, TimeSpan.Zero));
        }
    }

    private sealed class OneMoreEach(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) =>
            base.Handle(command is ApplyModel { Model: var model } ? new ApplyModel(model with { Agents = model.Agents.ToDictionary(pair => pair.Key, pair => More(pair.Value)) }) : command, now, output);

        private static AgentModel More(AgentModel agent) => agent with { Capacity = agent.Capacity.ToDictionary(pair => pair.Key, pair => pair.Value + 1) };
    }

    private sealed class SwallowsPauses(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command is Pause ? new AdvanceClock() : command, now, output);
            if (command is Pause pause)
                output.Add(new AgentPaused(pause.Agent, pause.Reason, pause.By));
        }
    }

    private sealed class SwallowsResumes(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command is Resume ? new AdvanceClock() : command, now, output);
            if (command is Resume resume)
                output.Add(new AgentResumed(resume.Agent, resume.By));
        }
    }

    private sealed class SwallowsLogOuts(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command is LogOut ? new AdvanceClock() : command, now, output);
            if (command is LogOut logout)
                output.Add(new AgentLoggedOut(logout.Agent, logout.By));
        }
    }

    private sealed class RingsInWrapUp(RoutingEngine engine) : RealEngine(engine)
    {
        private readonly RoutingOutput _more = new();

        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command, now, output);
            if (command is not AssignmentEnded ended)
                return;
            _more.Clear();
            base.Handle(new FinishWrapUp(ended.Agent, ended.Interaction, "resolved", TestCenter.Boss), now, _more);
            foreach (var happened in _more.Events.Where(happened => happened is not WrapUpEnded))
                output.Add(happened);
            foreach (var effect in _more.Effects)
                output.Add(effect);
        }
    }

    private sealed class HiddenCredits(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) =>
            base.Handle(command is Enqueue { Party: not null } enqueue ? enqueue with { Credits = [.. enqueue.Credits, new("friend", TimeSpan.FromHours(1))] } : command, now, output);
    }

    private sealed class KeepsThem(RoutingEngine engine) : RealEngine(engine)
    {
        private readonly RoutingOutput _all = new();

        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            _all.Clear();
            base.Handle(command, now, _all);
            foreach (var happened in _all.Events)
                output.Add(happened);
            foreach (var effect in _all.Effects.Where(effect => effect is not Release { Outcome: QueueOutcome.TimedOut }))
                output.Add(effect);
        }
    }

    private sealed class GivesBackTwice(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command, now, output);
            if (command is Leave && output.Effects.OfType<Release>().FirstOrDefault() is { } release)
                output.Add(release);
        }
    }

    private sealed class ATickLate(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) =>
            base.Handle(command, command is AssignmentEnded ? now.AddTicks(1) : now, output);
    }

    private sealed class Oversleeps(RoutingEngine engine) : RealEngine(engine)
    {
        public override DateTimeOffset? NextDeadline => base.NextDeadline?.AddMilliseconds(1);
    }

    private sealed class RoomForOneMore(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) =>
            base.Handle(command is ApplyModel { Model: var model } ? new ApplyModel(model with { Queues = model.Queues.ToDictionary(pair => pair.Key, pair => More(pair.Value)) }) : command, now, output);

        private static QueueModel More(QueueModel queue) => queue with { MaxLength = queue.MaxLength + 1 };
    }

    private sealed class ForgetsTheWait(RoutingEngine engine) : RealEngine(engine)
    {
        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) =>
            base.Handle(command is Enqueue enqueue ? enqueue with { EnqueuedAt = null } : command, now, output);
    }

    private sealed class BackdatesPauses(RoutingEngine engine) : RealEngine(engine)
    {
        private DateTimeOffset _last;

        public override void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
        {
            base.Handle(command, command is Pause ? _last : now, output);
            _last = now;
        }
    }
}

using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

// After-call work, from its first tick to its last.
internal sealed partial class Referee
{
    private void Watch(AssignmentOver happened)
    {
        var books = BooksOf(happened.Agent);
        var carried = books.Carried.Find(each => each.Interaction == happened.Interaction && each is { WrapUpUntil: null, Calling: null });
        if (carried is null)
        {
            Object(Rules.WrapUpExact, $"{happened.Agent} and {happened.Interaction} part, who were not together");
            return;
        }
        var queue = ModelOf(carried.Queue);
        var isInVain = _logged.Command is AssignmentEnded { InVain: true };
        DateTimeOffset? until = !isInVain && queue is { WrapUpMode: not WrapUpMode.None } && queue.WrapUp > TimeSpan.Zero ? _now + queue.WrapUp : null;
        if (happened.WrapUpUntil != until)
            Object(Rules.WrapUpExact, $"{happened.Agent} wraps up until {happened.WrapUpUntil:O}, not {until:O}");
        books.LastCallEndedAt = _now;
        carried.WrapUpUntil = until;
        if (until is null)
            books.Carried.Remove(carried);
    }

    private void Watch(WrapUpEnded happened)
    {
        if (EndOf(happened.Agent, happened.Interaction) is not { } done)
            return;
        if (happened.TimedOut)
        {
            CheckThatItIsTime(happened.Agent, done);
            return;
        }
        var mode = ModelOf(done.Queue)?.WrapUpMode;
        if (_logged.Command is not FinishWrapUp finish || finish.Agent != happened.Agent || mode == WrapUpMode.Timed)
            Object(Rules.WrapUpExact, $"{happened.Agent} wraps up until {done.WrapUpUntil:O} and is done before ({mode})");
        if (happened.Disposition is null && IsDispositionRequired(done))
            Object(Rules.WrapUpExact, $"{happened.Agent} is done without the disposition that is required");
    }

    private void Watch(DispositionMissing happened)
    {
        if (EndOf(happened.Agent, happened.Interaction) is not { } done)
            return;
        CheckThatItIsTime(happened.Agent, done);
        if (!IsDispositionRequired(done) || done.Disposition is not null)
            Object(Rules.WrapUpExact, $"{happened.Agent} owes no disposition");
        BooksOf(happened.Agent).MissingDispositions.Add(happened.Interaction);
    }

    private void Watch(DispositionGiven happened)
    {
        var books = BooksOf(happened.Agent);
        if (!books.MissingDispositions.Remove(happened.Interaction) && FindWrapUp(books, happened.Interaction) is { } running)
            running.Disposition = happened.Disposition;
    }

    private Carried? EndOf(AgentId agent, InteractionId interaction)
    {
        var done = FindWrapUp(BooksOf(agent), interaction);
        if (done is null)
            Object(Rules.WrapUpExact, $"{agent} does not wrap up {interaction}");
        else
            BooksOf(agent).Carried.Remove(done);
        return done;
    }

    private void CheckThatItIsTime(AgentId agent, Carried done)
    {
        if (done.WrapUpUntil > _now)
            Object(Rules.WrapUpExact, $"{agent} wraps up until {done.WrapUpUntil:O}, and it ended before");
    }

    /// <summary>Nobody wraps up beyond the deadline, and the engine wants to be woken when it comes.</summary>
    private void CheckWrapUps(AgentBooks books)
    {
        foreach (var each in books.Carried)
        {
            if (each.WrapUpUntil <= _now)
                Object(Rules.WrapUpExact, $"{books.Id} wraps up beyond {each.WrapUpUntil:O}");
            if (each.WrapUpUntil is not null && !(engine.NextDeadline <= each.WrapUpUntil))
                Object(Rules.WrapUpExact, $"{books.Id} wraps up until {each.WrapUpUntil:O}, and the engine is asleep until {engine.NextDeadline:O}");
        }
    }

    private static Carried? FindWrapUp(AgentBooks books, InteractionId interaction) =>
        books.Carried.Find(each => each.Interaction == interaction && each.WrapUpUntil is not null);

    private bool IsDispositionRequired(Carried done) =>
        ModelOf(done.Queue) is { WrapUpMode: WrapUpMode.Mandatory } or { DispositionRequired: true };
}

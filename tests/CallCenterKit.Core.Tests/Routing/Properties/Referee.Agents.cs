using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

// Who is at work, and for how long.
internal sealed partial class Referee
{
    private void PassTimeTo(DateTimeOffset now)
    {
        foreach (var books in _agents.Values)
        {
            if (books.LoggedInAt is not null)
                books.TicksIn[(int)books.StateWhen(_lost)] += (now - _now).Ticks;
        }
        _now = now;
    }

    private void Watch(EndpointReachability happened)
    {
        if (happened.Reachable)
            _lost.Remove(happened.Endpoint);
        else
            _lost.Add(happened.Endpoint);
        foreach (var books in _agents.Values)
        {
            if (books.Endpoint == happened.Endpoint && happened.Reachable)
                books.Marked = false;
        }
    }

    private void Watch(AgentLoggedIn happened)
    {
        foreach (var (other, its) in _agents)
        {
            if (other != happened.Agent && its.Endpoint == happened.Endpoint)
                Object(Rules.OnlyReadyAgents, $"{happened.Agent} and {other} both work from {happened.Endpoint}");
        }
        var books = BooksOf(happened.Agent);
        if (books.Endpoint is null)
        {
            Array.Clear(books.TicksIn);
            (books.LoggedInAt, books.LastCallEndedAt) = (_now, _now);
            books.Paused = books.MissingDispositions.Count > 0;
        }
        (books.Endpoint, books.Marked, books.Leaving, books.RestUntil) = (happened.Endpoint, false, false, null);
    }

    private void Watch(AgentResumed happened)
    {
        var books = BooksOf(happened.Agent);
        (books.Paused, books.Leaving, books.Marked) = (false, false, false);
    }

    private void Watch(AgentUnreachable happened)
    {
        var books = BooksOf(happened.Agent);
        if (books.SettleBy > _now)
            Object(Rules.OnlyReadyAgents, $"{happened.Agent} is given up before {books.SettleBy:O}");
        Settle(books);
        books.Marked = books.Endpoint is not null;
    }

    private static void Settle(AgentBooks books) => (books.Settling, books.SettleBy) = (null, null);

    /// <summary>Time in each state is what passed in it, and all of it is the time since login.</summary>
    private void CheckTimes()
    {
        var snapshot = engine.TakeSnapshot().Agents;
        foreach (var books in _agents.Values)
        {
            if (books.LoggedInAt is not null)
                CheckTimes(books, snapshot);
        }
    }

    private void CheckTimes(AgentBooks books, IReadOnlyList<AgentSnapshot> snapshot)
    {
        var told = snapshot.First(agent => agent.Agent == books.Id);
        var state = books.StateWhen(_lost);
        long sum = 0;
        for (var each = AgentState.LoggedOut; each <= AgentState.WrappingUp; each++)
        {
            var ticks = told.TimeIn.GetValueOrDefault(each).Ticks + (each == state ? (_now - told.TimedUntil).Ticks : 0);
            sum += ticks;
            if (ticks != books.TicksIn[(int)each])
                Object(Rules.TimeAddsUp, $"{books.Id} was {each} for {new TimeSpan(books.TicksIn[(int)each])}, not {new TimeSpan(ticks)}");
        }
        if (told.LoggedInAt != books.LoggedInAt || sum != (_now - books.LoggedInAt)?.Ticks)
            Object(Rules.TimeAddsUp, $"the times of {books.Id} sum up to {new TimeSpan(sum)} since {books.LoggedInAt:O}");
    }
}

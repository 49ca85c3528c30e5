using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

// What must be true whenever a command has been handled.
internal sealed partial class Referee
{
    /// <summary>How many commands go by until times are looked at again.</summary>
    private const int TimesEvery = 61;

    private void CheckAfterwards()
    {
        foreach (var entry in _answered)
        {
            if (entry.Ringing.Count > 0)
                Object(Rules.OneWinner, $"{entry} was answered, and {entry.Ringing[0]} rings on");
        }
        if (_joined.Count > 0)
            Object(Rules.OneWinner, $"{_joined[0]} are joined by an event without an effect");
        foreach (var books in _agents.Values)
            CheckWrapUps(books);
        if ((rules & Rules.NobodyWaitsInVain) != 0)
            CheckThatNobodyWaitsInVain();
        if ((rules & Rules.PlacesNeverWorsen) != 0)
            CheckAPlace();
        if ((rules & Rules.TimeAddsUp) != 0 && _watched % TimesEvery == 0)
            CheckTimes();
    }

    /// <summary>Looks at one who waits, each time another.</summary>
    private void CheckAPlace()
    {
        if (_open.Count == 0)
            return;
        var entry = _open.Values.ElementAt(_watched % _open.Count);
        var place = engine.PlaceOf(entry.Interaction, _now);
        var first = 1;
        foreach (var other in _open.Values)
            first += other.Queue == entry.Queue && other.Rank.CompareTo(entry.Rank) < 0 ? 1 : 0;
        if (place > entry.LastPlace + entry.CameBefore)
            Object(Rules.PlacesNeverWorsen, $"{entry} had place {entry.LastPlace}, {entry.CameBefore} came before it by right, and it has place {place}");
        if (place != first)
            Object(Rules.PlacesNeverWorsen, $"{entry} has place {first}, not {place}");
        (entry.LastPlace, entry.CameBefore) = (place, 0);
    }

    private void CheckThatNobodyWaitsInVain()
    {
        foreach (var agent in _agents.Values)
        {
            if (agent is not { Endpoint: not null, Paused: false, Ringing: null, Settling: null })
                continue;
            foreach (var entry in _open.Values)
            {
                var isInLine = entry.WaitsAt(_now) || (entry.Ringing.Count > 0 && RingsAll(entry) && !(agent.RestUntil > _now));
                if (isInLine && CanTake(agent, entry))
                    Object(Rules.NobodyWaitsInVain, $"{agent.Id} could take {entry}");
            }
        }
    }
}

using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>Plays a random day while the referee watches some rules, and compares it with its replay and with what a restart makes of it.</summary>
internal sealed class Trial
{
    private const int Restarts = 3;

    private readonly EngineMaker _maker;
    private readonly Rules _rules;
    private readonly ulong _seed;
    private readonly RandomCenter _center;
    private readonly HashSet<int> _restartAt = [];
    private readonly Dictionary<int, RoutingCommand> _copies = []; // by their place in the log
    private RoutingSnapshot? _snapshot;
    private int _snapshotAt;

    private Trial(Day day, EngineMaker maker, Rules rules)
    {
        (_maker, _rules, _seed) = (maker, rules, (ulong)day.Seed);
        var dice = new Dice(_seed);
        for (var i = 0; i < Restarts && Watches(Rules.RestartKeepsAll); i++)
            _restartAt.Add(1 + dice.Roll(Math.Max(1, day.Steps.Length)));
        _center = new(day, maker.ForTheDay(_seed), rules) { AfterEach = TakeSnapshot };
    }

    public static void Play(Day day, EngineMaker maker, Rules rules)
    {
        var trial = new Trial(day, maker, rules);
        try
        {
            trial.Play();
        }
        catch (ObjectionException objection)
        {
            throw new ObjectionException(objection.Rule, $"{objection.Message}{trial._center.Story()}", objection);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}{trial._center.Story()}", exception);
        }
    }

    private bool Watches(Rules rule) => (_rules & rule) != 0;

    private void Play()
    {
        _center.Play();
        if (Watches(Rules.RestartKeepsAll) && _snapshot is not null)
            GoOnFromSnapshot(_snapshot);
        _center.Close();
        if (Watches(Rules.ReplayIsIdentical))
            Compare(_maker.ForReplay(_seed), from: 0, Rules.ReplayIsIdentical);
    }

    /// <summary>The state before is the state after, whenever the process goes.</summary>
    private void TakeSnapshot(RandomCenter center)
    {
        if (!_restartAt.Contains(center.Log.Count))
            return;
        var before = TextOf(center.Engine);
        (_snapshot, _snapshotAt) = (Copy<RoutingSnapshot>(before), center.Log.Count);
        var after = TextOf(_maker.AfterRestart(_snapshot));
        if (before != after)
            throw new ObjectionException(Rules.RestartKeepsAll, Difference(before, after));
    }

    private void GoOnFromSnapshot(RoutingSnapshot snapshot)
    {
        var byEvents = _maker.AfterRestart(snapshot);
        foreach (var logged in _center.Log.Skip(_snapshotAt))
        {
            foreach (var happened in logged.Events)
                byEvents.Apply(happened, logged.At);
        }
        var (expected, actual) = (TextOf(_center.Engine), TextOf(byEvents));
        if (expected != actual)
            throw new ObjectionException(Rules.RestartKeepsAll, Difference(expected, actual));
        var byCommands = _maker.AfterRestart(snapshot);
        Compare(byCommands, _snapshotAt, Rules.RestartKeepsAll);
        if (expected != TextOf(byCommands))
            throw new ObjectionException(Rules.RestartKeepsAll, Difference(expected, TextOf(byCommands)));
    }

    /// <summary>Gives the log to another engine, each command as it comes back from JSON.</summary>
    private void Compare(IEngine engine, int from, Rules rule)
    {
        var output = new RoutingOutput();
        for (var i = from; i < _center.Log.Count; i++)
        {
            var logged = _center.Log[i];
            output.Clear();
            engine.Handle(CopyOf(i), logged.At, output);
            if (DifferenceOf(logged.Effects, output.Effects, TextOf) is { } effects)
                throw new ObjectionException(rule, $"command {i} of {_center.Log.Count}, {logged.Command} at {logged.At:O}, led to {effects}");
            if (DifferenceOf(logged.Events, output.Events, TextOf) is { } events)
                throw new ObjectionException(rule, $"command {i} of {_center.Log.Count}, {logged.Command} at {logged.At:O}, led to {events}");
        }
    }

    private RoutingCommand CopyOf(int index) =>
        _copies.TryGetValue(index, out var copy) ? copy : _copies[index] = Copy<RoutingCommand>(TextOf(_center.Log[index].Command));

    /// <summary>What differs between the two as JSON; null when nothing does. Records that are equal have the same JSON, those that hold a list are never equal.</summary>
    private static string? DifferenceOf<T>(IReadOnlyList<T> before, IReadOnlyList<T> now, Func<T, string> textOf)
    {
        for (var i = 0; i < Math.Max(before.Count, now.Count); i++)
        {
            if (i < before.Count && i < now.Count && (before[i]!.Equals(now[i]) || textOf(before[i]) == textOf(now[i])))
                continue;
            return $"{string.Concat(before.Select(textOf))}, and now to {string.Concat(now.Select(textOf))}";
        }
        return null;
    }

    private static string Difference(string before, string after)
    {
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{before[Math.Max(0, same - 300)..Math.Min(before.Length, same + 100)]} became {after[Math.Max(0, same - 300)..Math.Min(after.Length, same + 100)]}";
    }

    private static string TextOf(IEngine engine) => JsonSerializer.Serialize(engine.TakeSnapshot(), EventCatalog.JsonOptions);

    private static string TextOf(RoutingCommand command) => JsonSerializer.Serialize(command, EventCatalog.JsonOptions);

    private static string TextOf(RoutingEffect effect) => JsonSerializer.Serialize(effect, EventCatalog.JsonOptions);

    private static string TextOf(RoutingEvent happened) => EventCatalog.Write(happened);

    private static T Copy<T>(string text) => JsonSerializer.Deserialize<T>(text, EventCatalog.JsonOptions)!;
}

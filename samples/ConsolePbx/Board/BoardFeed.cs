using System.Collections.Concurrent;
using System.Threading.Channels;
using CallCenterKit;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Routing;

namespace ConsolePbx.Board;

/// <summary>Follows the center's events and draws a picture whenever agents or queues have changed.</summary>
internal sealed class BoardFeed(CallCenter center) : IEventFold
{
    private readonly Channel<BoardPicture> _pictures = Channel.CreateUnbounded<BoardPicture>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<InteractionId, string> _numbers = new();
    private readonly HashSet<InteractionId> _over = [];

    /// <summary>A picture for each event since it was asked last, in order.</summary>
    public IReadOnlyList<BoardPicture> TakePictures()
    {
        var pictures = new List<BoardPicture>();
        while (_pictures.Reader.TryRead(out var picture))
            pictures.Add(picture);
        return pictures;
    }

    /// <summary>The picture of now.</summary>
    public BoardPicture Look() => Draw(center.Board);

    public void Apply(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case PartyIdentified e: _numbers[e.Interaction] = Mask(e.Number); break;
            case InteractionEnded e: _over.Add(e.Interaction); break;
            case RoutingEvent when center.IsRunning: Draw(); break;
        }
    }

    /// <summary>Numbers are personal: a board on the wall shows the end of them only.</summary>
    internal static string Mask(string number) => number.Length > 6 ? $"****{number[^6..]}" : number;

    private void Draw()
    {
        var view = center.Board;
        _pictures.Writer.TryWrite(Draw(view));
        _over.RemoveWhere(id => !IsOn(view, id) && _numbers.TryRemove(id, out _)); // after-call work still shows whose it is
    }

    private static bool IsOn(LiveView view, InteractionId interaction) =>
        view.Agents.Any(agent => agent.Interaction == interaction) || view.Waiting.Any(entry => entry.Interaction == interaction);

    private BoardPicture Draw(LiveView view) => new(view.At, [.. view.Agents.Select(Draw)], [.. view.Waiting.Select(Draw)]);

    private AgentRow Draw(LiveAgent agent) =>
        new(agent.Id, agent.Name, agent.State, agent.Since, agent.Endpoint?.ToString() ?? "", NumberOf(agent.Interaction));

    private WaitingRow Draw(LiveEntry entry) =>
        new(entry.Interaction, entry.Queue.ToString(), entry.Place, entry.EnqueuedAt, NumberOf(entry.Interaction));

    private string NumberOf(InteractionId? interaction) =>
        interaction is { } id && _numbers.TryGetValue(id, out var number) ? number : "";
}

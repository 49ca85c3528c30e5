using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>What the world has been asked to do and may answer, right, late, twice or not at all.</summary>
internal sealed class Desk
{
    public Pile<InteractionId> Interactions { get; } = new() { Stays = true };

    public Pile<OfferId> Offers { get; } = new();

    public Pile<OfferId> Withdrawn { get; } = new();

    public Pile<EndpointId> Questionable { get; } = new();

    public Pile<OfferId> Calls { get; } = new();

    public Pile<ScoresWanted> Questions { get; } = new();

    public Pile<(AgentId Agent, InteractionId Interaction)> Talking { get; } = new();

    public Pile<(AgentId Agent, InteractionId Interaction)> Parted { get; } = new() { Stays = true };

    public void Take(LoggedCommand logged)
    {
        foreach (var happened in logged.Events)
        {
            if (happened is ScoresEnded ended)
                Questions.Finish(Questions.Open.Find(question => question.Entry == ended.Entry)!);
            else if (happened is AssignmentTaken taken)
                Talking.Open.Add((taken.Agent, taken.Interaction));
        }
        foreach (var effect in logged.Effects)
        {
            switch (effect)
            {
                case Offer offer: Offers.Open.Add(offer.Id); break;
                case WithdrawOffer withdraw: Withdraw(withdraw.Id); break;
                case QualifyAgent qualify: Questionable.Open.Add(qualify.Endpoint); break;
                case CallBack call: Calls.Open.Add(call.Offer); break;
                case ScoresWanted wanted: Questions.Open.Add(wanted); break;
                case Connect connect: Talking.Open.Add((connect.Agent, connect.Interaction)); break;
            }
        }
        if (logged.Command is AssignmentEnded parted)
            Parted.Open.Add((parted.Agent, parted.Interaction));
    }

    private void Withdraw(OfferId offer)
    {
        Offers.Finish(offer);
        Calls.Finish(offer);
        Withdrawn.Open.Add(offer);
    }
}

/// <summary>Things to be answered, and those that were.</summary>
internal sealed class Pile<T>
{
    public List<T> Open { get; } = [];

    public List<T> Done { get; } = [];

    /// <summary>Whether what is taken may be taken again.</summary>
    public bool Stays { get; init; }

    public IEnumerable<T> All => Open.Concat(Done);

    public void Finish(T item)
    {
        if (Open.Remove(item))
            Done.Add(item);
    }

    /// <summary>Now and then one that was finished before.</summary>
    public bool TryTake(int which, out T item)
    {
        if (which % 8 == 0 && Done.Count > 0)
        {
            item = Done[which % Done.Count];
            return true;
        }
        if (!TryPeek(which, out item))
            return false;
        if (!Stays)
            Finish(item);
        return true;
    }

    /// <summary>Rather one of the last.</summary>
    public bool TryPeek(int which, out T item)
    {
        item = Open.Count > 0 ? Open[Open.Count - 1 - (which % Math.Min(Open.Count, Stays ? 8 : 3))] : default!;
        return Open.Count > 0;
    }
}

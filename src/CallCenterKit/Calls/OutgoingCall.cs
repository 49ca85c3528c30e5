using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Events;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>One call that somebody of ours makes, until the number has answered or is given up; then a conversation carries it on.</summary>
/// <remarks>The party outside is the customer. <see cref="Begin"/>, then one of <see cref="RunAsync"/> and <see cref="GiveUp"/>, once.</remarks>
internal sealed class OutgoingCall(OutgoingWish wish, CenterServices center, Interactions interactions) : ILegListener
{
    private readonly JournalWriter _journal = center.OpenJournal(Streams.Of(wish.Interaction));
    private readonly CallId _leg = new(center.Ids.Next());
    private InteractionStarted? _started;
    private EarlyAudio? _early;

    /// <summary>Writes that the call begins, and takes the agent out of the line.</summary>
    public void Begin(Task<IReadOnlyList<Contact>> contacts)
    {
        var known = ContactLookup.KnownBy(contacts);
        _started = new(wish.Interaction, known?.Party ?? new(center.Ids.Next()), _leg, CallDirection.Outbound, wish.Origin, wish.Number.Shown.Number) { By = wish.By, Recording = center.RecordingOf(wish.Number.Rule) };
        interactions.BeginDial();
        _journal.Append([_started, new PartyIdentified(_started.Party, wish.Interaction, wish.Number.Number, known?.Name)]);
        if (wish.Agent is { } agent)
            center.Routing.Post(new CallTaken(agent, wish.Interaction) { Queue = wish.Number.Rule.Queue, Direction = CallDirection.Outbound });
        if (!contacts.IsCompleted)
            _ = IdentifyLaterAsync(contacts);
        CallsLog.InteractionBegan(center.Logger, wish.Interaction, _leg, wish.Origin, wish.Number.Rule.Name);
    }

    /// <summary>Dials the number for somebody whose leg is there, and joins the two. Never throws.</summary>
    public async Task RunAsync(ICall caller)
    {
        interactions.Listen(caller.Id, this);
        _early = new(caller, center, wish.Interaction);
        _journal.Append([new FlowEntered(wish.Interaction, wish.Number.Rule.Name)]);
        var (outcome, givenUp) = await TryAsync(caller).ConfigureAwait(false);
        await _early.CloseAsync().ConfigureAwait(false);
        _journal.Append([new FlowLeft(wish.Interaction, wish.Number.Rule.Name, null)]);
        if (outcome is DialOutcome.Answered answered)
            await TalkAsync(answered.Call, caller).ConfigureAwait(false);
        else if (outcome is not null)
            Fail(caller, DialCauses.Of(outcome), DialCauses.By(outcome));
        else
            Fail(caller, givenUp, CallEndedBy.Center);
    }

    /// <summary>How the number answered; null with the cause when we gave it up.</summary>
    private async ValueTask<(DialOutcome? Outcome, HangUpCause GivenUp)> TryAsync(ICall caller)
    {
        using var wanted = CancellationTokenSource.CreateLinkedTokenSource(caller.Ended, center.Stopping);
        try
        {
            return (await DialAsync(caller, wanted.Token).ConfigureAwait(false), default);
        }
        catch (OperationCanceledException)
        {
            return (null, caller.Ending is null ? HangUpCause.ShuttingDown : HangUpCause.Cancelled);
        }
        catch (Exception fault)
        {
            CallsLog.StartFailed(center.Logger, fault, wish.Interaction);
            return (null, HangUpCause.Failed);
        }
    }

    /// <summary>The number is not dialled at all.</summary>
    public void GiveUp(HangUpCause cause) => End(cause, CallEndedBy.Center);

    public void OnSignal(ICall call, CallSignal signal)
    {
        if (signal is CallSignal.Ringing or CallSignal.EarlyAudio && call.Id != _early!.Caller.Id)
            _early.Post(call, signal);
    }

    private async ValueTask<DialOutcome> DialAsync(ICall caller, CancellationToken wanted)
    {
        var request = new DialRequest
        {
            Id = _leg,
            Target = wish.Number.Target,
            Caller = wish.Number.Shown,
            RingTime = wish.Number.Rule.RingTime,
            PreferFormatsOf = caller,
            IsEmergency = wish.Number.IsEmergency,
        };
        interactions.Listen(_leg, this);
        try
        {
            return await center.DialAsync(request, caller, wanted).ConfigureAwait(false);
        }
        finally
        {
            interactions.ForgetLeg(_leg);
        }
    }

    private async ValueTask TalkAsync(ICall party, ICall caller)
    {
        var host = ConversationHost.Called(_started!, party, center, interactions);
        interactions.EndDial();
        var isAnswered = await AnswerAsync(caller).ConfigureAwait(false);
        host.Join(caller, wish.Agent is { } agent
            ? new AgentJoined(caller.Id, agent, wish.Phone, wish.Number.Rule.Queue, center.RecordingOf(agent)) { QueueRecording = center.RecordingOf(wish.Number.Rule.Queue) }
            : new ExtensionJoined(caller.Id, wish.Phone, null));
        if (!isAnswered || center.Stopping.IsCancellationRequested)
            host.Post(new HangUpAsked(isAnswered ? HangUpCause.ShuttingDown : HangUpCause.Failed, Actors.System));
    }

    /// <summary>False when the phone cannot be answered. One that has left meanwhile can: the conversation finds out by itself.</summary>
    private async ValueTask<bool> AnswerAsync(ICall caller)
    {
        try
        {
            if (caller.State != CallState.Answered)
                await center.Work.ParkAsync(caller.AnswerAsync(CancellationToken.None)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // See above.
        }
        catch (Exception fault)
        {
            CallsLog.StartFailed(center.Logger, fault, wish.Interaction);
            return false;
        }
        return true;
    }

    private void Fail(ICall caller, HangUpCause cause, CallEndedBy by)
    {
        interactions.ForgetLeg(caller.Id);
        caller.HangUp(caller.State == CallState.Answered ? HangUpCause.Normal : cause);
        End(cause, by);
    }

    private void End(HangUpCause cause, CallEndedBy by)
    {
        _journal.Append([new InteractionEnded(wish.Interaction, cause, by)]);
        if (wish.Agent is { } agent)
            center.Routing.Post(new AssignmentEnded(agent, wish.Interaction) { InVain = true });
        interactions.EndDial();
    }

    private async Task IdentifyLaterAsync(Task<IReadOnlyList<Contact>> contacts)
    {
        if (await contacts.ConfigureAwait(false) is [var contact, ..])
            center.OpenJournal($"{Streams.Of(wish.Interaction)}/party").Append([new PartyIdentified(contact.Party, wish.Interaction, wish.Number.Number, contact.Name)]);
    }
}

/// <summary>Who wants to call which number.</summary>
/// <param name="Interaction">The call's.</param>
/// <param name="Number">What is dialled; it has been found to be allowed.</param>
/// <param name="Phone">From which phone.</param>
/// <param name="Agent">Who works from it; null is nobody.</param>
/// <param name="Origin">Where it comes from, as records say it.</param>
/// <param name="By">Who asked for it, when it is not whoever holds the phone.</param>
internal sealed record OutgoingWish(InteractionId Interaction, OutsideNumber Number, EndpointId Phone, AgentId? Agent, string Origin, ActorId? By = null);

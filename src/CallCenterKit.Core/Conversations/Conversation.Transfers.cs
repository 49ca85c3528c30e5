using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

// Passing the customer on, ringing somebody for it, and what becomes of a customer whom nobody takes.
public sealed partial class Conversation
{
    private void Transfer(TransferAsked asked, ConversationOutput output)
    {
        if (WhyNotTransfer(asked) is { } refusal)
        {
            Report(asked.By, refusal, output);
            return;
        }
        var asker = _state.Find(asked.By)!;
        var number = _state.LastNumber + 1;
        Begin(number, TransferKind.Blind, asker, asked.Target.Name, (asked.Target as TransferTarget.ToPlace)?.Number, asked.Actor, output);
        Report(asked.By, TransferProgress.Trying, output);
        Report(asked.By, TransferProgress.Completed, output); // Its part is done: whoever is rung now answers to us.
        Leave(asker, output);
        if (asked.Target is not TransferTarget.ToPlace place)
        {
            Dial(number, asked.Target, DialPurpose.Transfer, asked.By, output);
            return;
        }
        _wasServed = false; // It is on its way.
        Settle(output);
        if (_state.Flow is null)
            Enter(place.Number, number, output);
        else
            output.Add(new LeaveFlow());
    }

    private TransferProgress? WhyNotTransfer(TransferAsked asked)
    {
        if (asked.Target is TransferTarget.Nowhere nowhere)
            return ProgressOf(nowhere.End);
        if (Talking(asked.By) is null || _state.ConsultationOf(asked.By) is not null || _state.Transfer is not null)
            return TransferProgress.Rejected;
        // A queue or a flow takes one; those who talk together stay together.
        return asked.Target is TransferTarget.ToPlace && _state.Parties.Count(party => party.Group == ConversationState.Main) > 2 ? TransferProgress.Rejected : null;
    }

    /// <summary>A party that is with the customer, or is the one whose call it is and has somebody with it.</summary>
    private ConversationParty? Talking(CallId leg) =>
        Speaking(leg) is { Group: ConversationState.Main } party && _state.Parties.Exists(other => other != party && other.Group == ConversationState.Main) ? party : null;

    private void Begin(int number, TransferKind kind, ConversationParty by, string target, string? place, ActorId actor, ConversationOutput output) =>
        Emit(new TransferBegan(Interaction, number, kind, by.Leg, by.Agent, by.Endpoint, target, place, actor), output);

    private void EndTransfer(TransferEnd end, ConversationOutput output)
    {
        if (_state.Transfer is { } transfer)
            Emit(new TransferOver(Interaction, transfer.Transfer, end), output);
    }

    /// <summary>The party has passed the others on. If the call was its own, it becomes that of the one it talked with.</summary>
    private void Leave(ConversationParty party, ConversationOutput output)
    {
        if (party.Leg == _state.Customer)
            ChangeCustomer(Heir(), output);
        Release(party, HangUpCause.Normal, output);
    }

    /// <summary>Whose call it becomes: preferably that of somebody who is not at work here.</summary>
    private CallId Heir() => _state.Others.Where(other => other.Group == ConversationState.Main).MinBy(other => other.Agent is not null)!.Leg;

    private void ChangeCustomer(CallId leg, ConversationOutput output)
    {
        Emit(new CustomerChanged(Interaction, leg), output);
        output.Add(new CustomerIs(leg));
    }

    /// <summary>We end the leg, and don't wait for it.</summary>
    private void Release(ConversationParty party, HangUpCause cause, ConversationOutput output)
    {
        Part(party, cause, CallEndedBy.Center, output);
        _placement.Forget(party.Leg);
        output.Add(new EndLeg(party.Leg, cause));
    }

    private void Enter(string number, int transfer, ConversationOutput output)
    {
        output.Add(new EnterPlace(number));
        Emit(new TransferOver(Interaction, transfer, TransferEnd.Completed), output);
    }

    private void AddParty(PartyAsked asked, ConversationOutput output)
    {
        if (asked.Target is TransferTarget.ToPhone or TransferTarget.ToOutside && Talking(asked.By) is not null)
            Dial(_state.LastNumber + 1, asked.Target, DialPurpose.Add, asked.By, output);
    }

    private void Remove(CallId leg, ConversationOutput output)
    {
        if (_state.Find(leg) is not null)
            output.Add(new EndLeg(leg, HangUpCause.Normal));
    }

    private void Dial(int number, TransferTarget target, DialPurpose purpose, CallId by, ConversationOutput output)
    {
        Emit(new PartyDialled(Interaction, number, purpose, by, target.Name), output);
        _awaited.Add(number);
        output.Add(new DialParty(number, target, purpose, _state.Find(by)?.Leg));
    }

    private void NoteRinging(int dial, ConversationOutput output)
    {
        if (_state.Consultations.Find(each => each.Number == dial && each.Via != each.Asker) is { } consultation)
            output.Add(new RingLeg(consultation.Via));
    }

    private void EndDial(DialAnswered answered, ConversationOutput output)
    {
        _awaited.Remove(answered.Dial);
        if (!_state.Dials.TryGetValue(answered.Dial, out var purpose))
        {
            output.Add(new EndLeg(answered.Leg, HangUpCause.Cancelled)); // Wanted no more.
            return;
        }
        Emit(new PartyDialEnded(Interaction, answered.Dial, purpose, DialEnd.Answered), output);
        if (answered.Agent is { } agent)
            output.Add(new TakeAssignment(agent, _state.Queue));
        if (purpose == DialPurpose.Consult)
        {
            Emit(new ConversationJoined(Interaction, answered.Leg, answered.Agent, answered.Endpoint ?? ConversationJoined.Outside, null)
            {
                Consultation = answered.Dial,
                IsOutside = answered.Endpoint is null,
                Recording = answered.Recording,
            }, output);
            return;
        }
        Join(new(answered.Leg, answered.Agent, answered.Endpoint) { Recording = answered.Recording }, null, output);
        if (purpose == DialPurpose.Transfer)
            EndTransfer(TransferEnd.Completed, output);
    }

    private void EndDial(DialFailed failed, ConversationOutput output)
    {
        _awaited.Remove(failed.Dial);
        if (!_state.Dials.TryGetValue(failed.Dial, out var purpose))
            return;
        Emit(new PartyDialEnded(Interaction, failed.Dial, purpose, failed.End), output);
        switch (purpose)
        {
            case DialPurpose.Consult: ConsultationFailed(failed, output); break;
            case DialPurpose.Transfer: TransferFailed(failed.End, output); break;
            default: break;
        }
        if (!_state.IsServed)
            _whyAlone = CauseOf(failed.End);
    }

    /// <summary>Whoever passed the customer on is rung; a customer who is not alone meanwhile needs nobody.</summary>
    private void TransferFailed(DialEnd end, ConversationOutput output)
    {
        var origin = _state.Transfer;
        EndTransfer(EndOf(end), output);
        if (origin?.Endpoint is { } endpoint && !_state.IsServed)
            Dial(_state.LastNumber + 1, new TransferTarget.ToPhone(endpoint), DialPurpose.Return, origin.By, output);
    }

    /// <summary>Nobody is rung for a customer who is not there.</summary>
    private void EndWhatWasBegun(ConversationOutput output)
    {
        foreach (var (dial, purpose) in _state.Dials.ToList())
        {
            output.Add(new CancelDial(dial));
            Emit(new PartyDialEnded(Interaction, dial, purpose, DialEnd.Cancelled), output);
            if (_state.Consultations.Find(each => each.Number == dial) is { } consultation)
                GiveUp(consultation, output);
        }
        EndTransfer(TransferEnd.Cancelled, output);
    }

    private void Report(CallId leg, TransferProgress progress, ConversationOutput output)
    {
        if (_state.Find(leg) is not null)
            output.Add(new ReportTransfer(leg, progress));
    }

    private static TransferProgress ProgressOf(DialEnd end) => end switch
    {
        DialEnd.Busy => TransferProgress.Busy,
        DialEnd.NoAnswer => TransferProgress.NoAnswer,
        DialEnd.Unreachable => TransferProgress.Unreachable,
        _ => TransferProgress.Rejected,
    };

    private static TransferEnd EndOf(DialEnd end) => end switch
    {
        DialEnd.Busy => TransferEnd.Busy,
        DialEnd.NoAnswer => TransferEnd.NoAnswer,
        DialEnd.Unreachable => TransferEnd.Unreachable,
        DialEnd.Cancelled => TransferEnd.Cancelled,
        _ => TransferEnd.Rejected,
    };

    private static HangUpCause CauseOf(DialEnd end) => end switch
    {
        DialEnd.Busy => HangUpCause.Busy,
        DialEnd.Rejected => HangUpCause.Rejected,
        _ => HangUpCause.NoAnswer,
    };
}

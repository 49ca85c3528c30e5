using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

// Turning to somebody else while the customer waits, and how the three go on.
public sealed partial class Conversation
{
    private void Consult(ConsultAsked asked, ConversationOutput output)
    {
        if (WhyNotConsult(asked.By, asked.Target) is { } refusal)
            Report(asked.By, refusal, output);
        else
            Consult(asked.By, asked.By, asked.Target, asked.Actor, output);
    }

    private void ConsultBySecondCall(SecondCallCame came, ConversationOutput output)
    {
        if (WhyNotConsult(came.First, came.Target) is not null)
        {
            output.Add(new EndLeg(came.Leg, HangUpCause.Rejected));
            return;
        }
        var first = _state.Find(came.First)!;
        _placement.Expect(came.Leg);
        Consult(came.First, came.Leg, came.Target, came.Actor, output, first);
    }

    private TransferProgress? WhyNotConsult(CallId by, TransferTarget target) => target switch
    {
        TransferTarget.Nowhere nowhere => ProgressOf(nowhere.End),
        TransferTarget.ToPlace => TransferProgress.Rejected,
        _ => Talking(by) is null || _state.ConsultationOf(by) is not null || _state.Transfer is not null ? TransferProgress.Rejected : null,
    };

    private void Consult(CallId asker, CallId via, TransferTarget target, ActorId actor, ConversationOutput output, ConversationParty? first = null)
    {
        var number = _state.LastNumber + 1;
        Emit(new ConsultationBegan(Interaction, number, asker, via, target.Name, actor), output);
        if (first is not null)
        {
            Emit(new ConversationJoined(Interaction, via, first.Agent, first.Endpoint ?? ConversationJoined.Outside, null)
            {
                Consultation = number,
                IsOutside = first.Endpoint is null,
                Recording = first.Recording,
            }, output);
        }
        Dial(number, target, DialPurpose.Consult, via, output);
    }

    private void Complete(CompletionAsked asked, ConversationOutput output)
    {
        if (AskedBy(asked.By) is { } consultation && _state.Find(consultation.Asker) is { } asker && CanPassOn(consultation))
            PassOn(consultation, asker, asked.By, asked.Actor, output);
        else
            Report(asked.By, TransferProgress.Rejected, output);
    }

    private void PassOn(Consultation consultation, ConversationParty asker, CallId reportTo, ActorId actor, ConversationOutput output)
    {
        Begin(consultation.Number, TransferKind.Attended, asker, consultation.Target, null, actor, output);
        var end = consultation.Consulted is null ? default(TransferEnd?) : TransferEnd.Completed;
        var second = consultation.Via == consultation.Asker ? null : _state.Find(consultation.Via);
        Report(reportTo, TransferProgress.Completed, output);
        if (second is not null)
            Release(second, HangUpCause.Normal, output); // Before it would be with the customer.
        Leave(asker, output);
        Emit(new ConsultationOver(Interaction, consultation.Number, ConsultationEnd.Transferred), output);
        if (end is { } completed)
            EndTransfer(completed, output);
    }

    /// <summary>Whether there is somebody to pass on: the customer, or whom the asking party called itself.</summary>
    private bool CanPassOn(Consultation consultation) =>
        _state is { CustomerLeft: false, Transfer: null }
        && _state.Parties.Exists(party => party.Leg != consultation.Asker && party.Group == ConversationState.Main);

    private Consultation? AskedBy(CallId leg) => _state.Consultations.Find(each => each.Asker == leg || each.Via == leg);

    private void CancelConsultation(CallId by, ConversationOutput output)
    {
        if (AskedBy(by) is not { } consultation)
            return;
        EndDialOf(consultation, output);
        if (consultation.Consulted is { } leg && _state.Find(leg) is { } consulted)
            Release(consulted, HangUpCause.Normal, output);
        BackToCustomer(consultation, ConsultationEnd.Cancelled, HangUpCause.Normal, output);
    }

    private void ConsultationFailed(DialFailed failed, ConversationOutput output)
    {
        if (_state.Consultations.Find(each => each.Number == failed.Dial) is { } consultation)
            BackToCustomer(consultation, ConsultationEnd.NotReached, CauseOf(failed.End), output);
    }

    /// <summary>A second leg has no use any more; on the first the party talks with the customer as soon as it wants.</summary>
    private void BackToCustomer(Consultation consultation, ConsultationEnd end, HangUpCause cause, ConversationOutput output)
    {
        if (consultation.Via != consultation.Asker && _state.Find(consultation.Via) is { } second)
            Release(second, cause, output);
        Emit(new ConsultationOver(Interaction, consultation.Number, end), output);
        if (_state.CustomerLeft && _state.Find(consultation.Asker) is { } asker)
            output.Add(new EndLeg(asker.Leg, HangUpCause.Normal));
    }

    private void JoinAll(CallId by, ConversationOutput output)
    {
        if (AskedBy(by) is not { Consulted: not null } consultation || _state.CustomerLeft || _state.Find(consultation.Asker) is not { } asker)
            return;
        Emit(new ConsultationOver(Interaction, consultation.Number, ConsultationEnd.Joined), output);
        if (consultation.Via == consultation.Asker)
            return;
        if (asker.Leg == _state.Customer)
            ChangeCustomer(consultation.Via, output);
        Release(asker, HangUpCause.Normal, output); // The second leg stays: one place for one party.
    }

    /// <summary>One of those in a consultation has hung up, or was lost.</summary>
    private void LeaveConsultation(Consultation consultation, ConversationParty party, ConversationOutput output)
    {
        if (party.Leg == consultation.Consulted)
            BackToCustomer(consultation, ConsultationEnd.PartyLeft, HangUpCause.Normal, output);
        else if (party.Leg != consultation.Via)
            return; // It has let the customer go, and still talks with the other.
        else if (consultation.Via == consultation.Asker && CanPassOn(consultation))
            PassOnByHangingUp(consultation, party, output);
        else
            HangUpOn(consultation, output);
    }

    private void PassOnByHangingUp(Consultation consultation, ConversationParty asker, ConversationOutput output)
    {
        Begin(consultation.Number, TransferKind.Attended, asker, consultation.Target, null, ActorOf(asker), output);
        if (asker.Leg == _state.Customer)
            ChangeCustomer(Heir(), output);
        Emit(new ConsultationOver(Interaction, consultation.Number, ConsultationEnd.Transferred), output);
        if (consultation.Consulted is not null)
            EndTransfer(TransferEnd.Completed, output);
    }

    private void HangUpOn(Consultation consultation, ConversationOutput output)
    {
        EndDialOf(consultation, output);
        if (consultation.Consulted is { } leg && _state.Find(leg) is { } consulted)
            Release(consulted, HangUpCause.Normal, output);
        Emit(new ConsultationOver(Interaction, consultation.Number, ConsultationEnd.GivenUp), output);
    }

    /// <summary>The customer has left and nobody was reached yet.</summary>
    private void GiveUp(Consultation consultation, ConversationOutput output)
    {
        if (consultation.Via != consultation.Asker && _state.Find(consultation.Via) is { } second)
            Release(second, HangUpCause.Normal, output);
        Emit(new ConsultationOver(Interaction, consultation.Number, ConsultationEnd.GivenUp), output);
    }

    private void EndDialOf(Consultation consultation, ConversationOutput output)
    {
        if (!_state.Dials.TryGetValue(consultation.Number, out var purpose))
            return;
        output.Add(new CancelDial(consultation.Number));
        Emit(new PartyDialEnded(Interaction, consultation.Number, purpose, DialEnd.Cancelled), output);
    }

    private static ActorId ActorOf(ConversationParty party) =>
        new(party.Agent is { } agent ? $"agent:{agent}" : party.Endpoint is { } endpoint ? $"endpoint:{endpoint}" : "party");
}

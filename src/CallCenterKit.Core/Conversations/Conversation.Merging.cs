using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

// Legs that take the place of others, and two interactions that become one.
public sealed partial class Conversation
{
    private void TransferAttended(AttendedTransferAsked asked, ConversationOutput output)
    {
        if (_state.Find(asked.Replaces) is not null)
        {
            if (AskedBy(asked.By) is { } consultation && consultation == AskedBy(asked.Replaces) && asked.By != asked.Replaces)
                Complete(new(asked.By, asked.Actor), output);
            else
                Report(asked.By, TransferProgress.Rejected, output);
        }
        else if (Talking(asked.By) is not null && _state.ConsultationOf(asked.By) is null && _state.Transfer is null)
        {
            Report(asked.By, TransferProgress.Trying, output);
            output.Add(new AskForHandOver(asked.Replaces, asked.By, asked.Actor));
        }
        else
        {
            Report(asked.By, TransferProgress.Rejected, output);
        }
    }

    private void GiveAway(HandOverAsked asked, ConversationOutput output)
    {
        if (_state is not { CustomerLeft: false, CustomerAnswered: true, Customer: { } customer, Consultations.Count: 0, Dials.Count: 0, Transfer: null }
            || Talking(asked.Leg) is not { } asker)
        {
            Report(asked.Leg, TransferProgress.Rejected, output);
            output.Add(new RefuseHandOver(asked.To, asked.By));
            return;
        }
        var given = _state.Parties.Where(party => party != asker && party.Group == ConversationState.Main).ToList();
        _wasServed = false;
        Emit(new InteractionMerged(Interaction, asked.To, asked.Leg), output);
        if (_state.Flow is not null)
            output.Add(new LeaveFlow()); // The leg it has may go on elsewhere.
        foreach (var party in given)
            _placement.Evict(party.Leg, output);
        // Its agents have the other interaction before they are done with this one: they are free at no time.
        output.Add(new HandOver(asked.To, asked.By, [.. given.Select(HandedPartyOf)], asked.Actor));
        foreach (var party in given.Where(party => party.Leg != customer))
        {
            Emit(new ConversationParted(Interaction, party.Leg, party.Agent, HangUpCause.Normal, CallEndedBy.Center), output);
            EndAssignmentOf(party, isInVain: true, output);
        }
        StopRecordings(asked.Actor, output);
        Report(asked.Leg, TransferProgress.Completed, output);
        if (asker.Leg != customer)
            Release(asker, HangUpCause.Normal, output);
        CustomerLeft(_state.Find(customer)!, new(HangUpCause.Normal, CallEndedBy.Center), output);
        if (asker.Leg != customer)
            return;
        _placement.Forget(customer);
        output.Add(new EndLeg(customer, HangUpCause.Normal));
    }

    /// <summary>Who has refused to be recorded takes that along.</summary>
    private HandedParty HandedPartyOf(ConversationParty party) => new(party.Leg, party.Agent, party.Endpoint, _state.Queue)
    {
        Recording = party.Leg == _state.Customer && _state.Consent == RecordingConsent.Refused ? RecordingMode.Never : party.Recording,
    };

    private void TakeIn(PartiesHandedOver handed, ConversationOutput output)
    {
        if (_state.CustomerLeft || Talking(handed.By) is not { } asker)
        {
            foreach (var party in handed.Parties)
            {
                output.Add(new EndLeg(party.Leg, HangUpCause.Normal));
                if (party.Agent is { } agent)
                    output.Add(new EndAssignment(agent));
            }
            return;
        }
        Begin(_state.LastNumber + 1, TransferKind.Attended, asker, NameOf(handed.Parties[0]), null, handed.Actor, output);
        Report(asker.Leg, TransferProgress.Completed, output);
        Leave(asker, output);
        foreach (var party in handed.Parties)
            Join(new(party.Leg, party.Agent, party.Endpoint) { Recording = party.Recording }, null, output);
        EndTransfer(TransferEnd.Completed, output);
    }

    private static string NameOf(HandedParty party) => party.Endpoint is { } endpoint ? $"extension:{endpoint}" : "outside";

    private void TakeOver(LegTakenOver taken, ConversationOutput output)
    {
        if (Speaking(taken.Old) is not { } old)
        {
            output.Add(new EndLeg(taken.New, HangUpCause.NotFound));
            return;
        }
        _placement.Expect(taken.New);
        _placement.Forget(taken.Old);
        Emit(new LegReplaced(Interaction, taken.Old, taken.New, taken.Agent, taken.Endpoint) { Recording = taken.Recording }, output);
        if (taken.New == _state.Customer)
            output.Add(new CustomerIs(taken.New));
        if (old.Agent != taken.Agent)
        {
            if (old.Agent is { } before && !_state.Parties.Exists(party => party.Agent == before))
                output.Add(new EndAssignment(before, !old.HasServed));
            if (taken.Agent is { } now)
                output.Add(new TakeAssignment(now, _state.Queue));
        }
        output.Add(new EndLeg(taken.Old, HangUpCause.AnsweredElsewhere));
    }
}

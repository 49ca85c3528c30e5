using CallCenterKit.Recordings;

namespace CallCenterKit.Conversations;

// What of it is recorded. One recording follows the customer's leg from its beginning to the end of the leg; another leg in
// its place is the next part.
public sealed partial class Conversation
{
    private readonly HashSet<RecordingId> _deleting = [];

    private RecordingMode? RecordingRule => RecordingPolicy.Resolve(number: _state.PlaceRecording, queue: _state.QueueRecording, agent: _state.RecordingOfParties());

    /// <summary>Before anybody is joined: whoever is not to be recorded is not, from the first word.</summary>
    private void PauseAsRuled(ConversationOutput output)
    {
        if (_state is { CustomerLeft: false, Recording: { } running, PausedBy: null } && RecordingRule == RecordingMode.Never)
            Pause(running.Id, RecordingPolicy.Actor, output);
    }

    /// <summary>After those who are to leave have left.</summary>
    private void RecordAsRuled(ConversationOutput output)
    {
        if (_state is not { CustomerLeft: false, Customer: { } customer })
            return;
        if (_state.Recording is not { } running)
        {
            // Before the customer hears anybody: the first word is on it.
            if (_state.RecordedLeg != customer && IsRecordingDue() && Begin(customer, null, output) is { } start)
                output.AddBefore(effect => effect is JoinBridge join && join.Leg == customer, start);
        }
        else if (running.Leg != customer)
        {
            GoOnWith(customer, running, output);
        }
        else if (_state.PausedBy == RecordingPolicy.Actor && RecordingRule != RecordingMode.Never)
        {
            Resume(running.Id, RecordingPolicy.Actor, output);
        }
    }

    private bool IsRecordingDue() => _state.Consent != RecordingConsent.Refused && RecordingRule switch
    {
        RecordingMode.FromIvr => _state.CustomerAnswered || _state.IsAnybodyWithTheCustomer,
        RecordingMode.FromAnswer => _state.IsAnybodyWithTheCustomer,
        _ => false,
    };

    /// <summary>Says that it begins; what is returned has to be done then. Null where nothing can be recorded.</summary>
    private StartRecording? Begin(CallId customer, ActorId? by, ConversationOutput output, ActorId? pausedBy = null)
    {
        if (_newRecording?.Invoke() is not { } order)
            return null;
        Emit(new RecordingStarted(Interaction, order.Id, order.File) { Leg = customer, By = by }, output);
        if (pausedBy is { } pauser)
            Emit(new RecordingPaused(Interaction, order.Id, pauser), output);
        return new(pausedBy is null ? order : order with { StartPaused = true }, customer);
    }

    /// <summary>The leg before ends, and its file with it.</summary>
    private void GoOnWith(CallId customer, RecordingInProgress before, ConversationOutput output)
    {
        var pausedBy = _state.PausedBy ?? (RecordingRule == RecordingMode.Never ? RecordingPolicy.Actor : null);
        output.Add(new StopRecording(before.Id));
        if (Begin(customer, before.By, output, pausedBy) is { } start)
            output.Add(start);
    }

    private void StartRecording(RecordingStartAsked asked, ConversationOutput output)
    {
        if (_state is not { CustomerLeft: false, Customer: { } customer, Recording: null } || _state.Consent == RecordingConsent.Refused)
            return;
        if (RecordingRule is not (null or RecordingMode.Never) && _state.IsAnybodyWithTheCustomer && Begin(customer, asked.By, output) is { } start)
            output.Add(start);
    }

    /// <summary>Whoever started it may stop it; what a rule wants goes on.</summary>
    private void StopRecording(RecordingStopAsked asked, ConversationOutput output)
    {
        if (_state.Recording is { By: not null } running)
            Stop(running.Id, asked.By, output);
    }

    private void Stop(RecordingId recording, ActorId by, ConversationOutput output)
    {
        Emit(new RecordingStopped(Interaction, recording, by), output);
        output.Add(new StopRecording(recording));
    }

    /// <summary>What a person asked for stays when a rule has paused it already.</summary>
    private void PauseRecording(RecordingPauseAsked asked, ConversationOutput output)
    {
        if (_state is { CustomerLeft: false, Recording: { } running } && (_state.PausedBy is null || _state.PausedBy == RecordingPolicy.Actor))
            Pause(running.Id, asked.By, output);
        if (asked.IsAwaited)
            output.Add(new ConfirmRecording());
    }

    /// <summary>While a rule wants silence, only the person's own wish is taken back.</summary>
    private void ResumeRecording(RecordingResumeAsked asked, ConversationOutput output)
    {
        if (_state is { CustomerLeft: false, Recording: { } running, PausedBy: { } pauser } && pauser != RecordingPolicy.Actor)
        {
            if (RecordingRule == RecordingMode.Never)
                Emit(new RecordingPaused(Interaction, running.Id, RecordingPolicy.Actor), output);
            else
                Resume(running.Id, asked.By, output);
        }
        if (asked.IsAwaited)
            output.Add(new ConfirmRecording());
    }

    private void Pause(RecordingId recording, ActorId by, ConversationOutput output)
    {
        Emit(new RecordingPaused(Interaction, recording, by), output);
        output.Add(new PauseRecording(recording));
    }

    private void Resume(RecordingId recording, ActorId by, ConversationOutput output)
    {
        Emit(new RecordingResumed(Interaction, recording, by), output);
        output.Add(new ResumeRecording(recording));
    }

    /// <summary>The last answer counts. A "no" leaves nothing of what was recorded before.</summary>
    private void TakeConsent(RecordingConsent consent, ConversationOutput output)
    {
        if (_state.Consent == consent)
            return;
        switch (consent)
        {
            case RecordingConsent.Asked: Emit(new RecordingConsentAsked(Interaction), output); break;
            case RecordingConsent.Given: Emit(new RecordingConsentGiven(Interaction), output); break;
            default: Refuse(output); break;
        }
    }

    private void Refuse(ConversationOutput output)
    {
        Emit(new RecordingConsentRefused(Interaction), output);
        foreach (var (recording, file) in _state.Files.ToList())
        {
            if (_state.Recordings.Contains(recording))
                output.Add(new StopRecording(recording)); // Deleted once it is closed.
            else
                Delete(recording, file, output);
        }
    }

    private void CloseRecording(RecordingClosed closed, ConversationOutput output)
    {
        if (!_state.Recordings.Contains(closed.Recording))
            return;
        var isRefused = _state.Consent == RecordingConsent.Refused;
        Emit(new RecordingEnded(Interaction, closed.Recording, closed.Length, closed.DroppedFrames, closed.Fault)
        {
            Sha256 = isRefused ? null : closed.Sha256,
            Bytes = isRefused ? 0 : closed.Bytes,
        }, output);
        if (isRefused && _state.Files.TryGetValue(closed.Recording, out var file))
            Delete(closed.Recording, file, output);
    }

    private void Delete(RecordingId recording, string file, ConversationOutput output)
    {
        if (_deleting.Add(recording))
            output.Add(new DeleteRecording(recording, file));
    }

    private void NoteDeletion(RecordingDeleted deleted, ConversationOutput output)
    {
        if (!_deleting.Remove(deleted.Recording))
            return;
        if (deleted.Fault is null)
            Emit(new RecordingDiscarded(Interaction, deleted.Recording), output);
        else
            Emit(new RecordingNotDiscarded(Interaction, deleted.Recording, deleted.Fault), output);
    }

    /// <summary>The queue has a rule of its own, for as long as the customer waits there or is with whom it brought.</summary>
    private void RuleByQueue(QueueId? queue, RecordingMode? mode, ConversationOutput output)
    {
        if (_state.QueueRecording != mode)
            Emit(new RecordingRuled(Interaction, queue, mode), output);
    }

    /// <summary>The customer's leg goes to another interaction, which records it by its own rules.</summary>
    private void StopRecordings(ActorId by, ConversationOutput output)
    {
        if (_state.Recording is { } running)
            Stop(running.Id, by, output);
    }
}

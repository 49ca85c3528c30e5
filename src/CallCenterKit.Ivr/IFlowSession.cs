using CallCenterKit.Contacts;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Queues;
using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr;

/// <summary>What a flow needs from the host for one call. The host implements it; a simulator or a test may do so too.</summary>
/// <remarks>Called by one flow, one member at a time.</remarks>
public interface IFlowSession
{
    /// <summary>The leg the flow talks to, inbound or dialled.</summary>
    ICall Call { get; }

    /// <summary>The matter this leg belongs to.</summary>
    InteractionId InteractionId { get; }

    /// <summary>Puts the caller into a queue; returns when the caller is back from the agent, was given up, or has left.</summary>
    /// <remarks>
    /// Parks the flow itself (<see cref="Time.Parked{T}"/>). That the caller has left is known from the leg and is the
    /// outcome <see cref="QueueOutcome.Abandoned"/>, or <see cref="QueueOutcome.Answered"/> when an agent had answered.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such queue; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled and the caller is out of the queue. A conversation with an agent is not cut short.</exception>
    ValueTask<QueueOutcome> QueueAsync(QueueId queue, QueueRequest request, CancellationToken cancellationToken);

    /// <summary>What the dial plan leads this number to, as a flow; null when it leads nowhere.</summary>
    IFlow? FindByNumber(string number);

    /// <summary>Ends when what was decided so far survives the death of the process, or when that takes too long: then false, and nothing may be promised.</summary>
    ValueTask<bool> WhenWrittenAsync(CancellationToken cancellationToken);

    /// <summary>Those with the caller's number, as far as they are known by now; waits for them 50 ms after the call came at most.</summary>
    ValueTask<IReadOnlyList<Contact>> FindContactsAsync(CancellationToken cancellationToken);

    /// <summary>The caller is asked whether they may be recorded, or has answered. A no leaves nothing of what was recorded; never waits.</summary>
    void NoteConsent(RecordingConsent consent);

    /// <summary>Puts silence in place of the voices; returns once that is so, or when nothing is recorded.</summary>
    ValueTask PauseRecordingAsync(CancellationToken cancellationToken);

    /// <summary>Puts the voices on the recording again, unless a rule forbids it.</summary>
    ValueTask ResumeRecordingAsync(CancellationToken cancellationToken);

    /// <summary>Begins to record a message for a mailbox, what the caller says only; null when it cannot be recorded.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox; the message names it.</exception>
    /// <exception cref="NotSupportedException">The host keeps no messages.</exception>
    ValueTask<IMessageTaking?> TakeMessageAsync(MailboxId mailbox, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This host keeps no messages.");

    /// <summary>Ends the leg. Always succeeds, never waits; the first cause counts.</summary>
    void HangUp(HangUpCause cause);

    /// <summary>What was collected under this name on this interaction; null when nothing was.</summary>
    string? GetVariable(string name);

    /// <summary>Keeps a value with the interaction, for the agent and for reports.</summary>
    void SetVariable(string name, string value);
}

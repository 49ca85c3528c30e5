using System.IO.Pipelines;

namespace CallCenterKit.Voice;

/// <summary>One leg: the call between this center and one party.</summary>
/// <remarks>
/// Any thread. On an ended call every member but <see cref="HangUp"/> and the properties throws
/// <see cref="CallEndedException"/>. Cancelling an operation ends what it began before it returns.
/// </remarks>
public interface ICall
{
    /// <summary>The leg.</summary>
    CallId Id { get; }

    /// <summary>The <see cref="ITelephony.Name"/> of the driver that carries it.</summary>
    string Driver { get; }

    /// <summary>Who began it.</summary>
    CallDirection Direction { get; }

    /// <summary>Where an inbound leg comes from; for an outbound leg what was dialled.</summary>
    CallOrigin Origin { get; }

    /// <summary>The calling party as it was presented.</summary>
    CallParty From { get; }

    /// <summary>The called party: what was dialled.</summary>
    CallParty To { get; }

    /// <summary>What only this driver knows, by name; for SIP "sip.call-id".</summary>
    IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>Where the leg stands.</summary>
    CallState State { get; }

    /// <summary>Why and by whom it ended; null while it lives.</summary>
    CallEnding? Ending { get; }

    /// <summary>Cancelled once the leg has ended; never on a receiving or media thread.</summary>
    CancellationToken Ended { get; }

    /// <summary>For an inbound leg that came to take the place of another one of ours: that one; null for any other leg.</summary>
    CallId? Replaces => null;

    /// <summary>Whether the party has put us on hold; <see cref="CallSignal.HoldAsked"/> and <see cref="CallSignal.ResumeAsked"/> follow its changes.</summary>
    bool IsHolding => false;

    /// <summary>Tells an inbound caller that somebody is being rung.</summary>
    ValueTask RingAsync(CancellationToken cancellationToken);

    /// <summary>Lets an inbound caller hear us before it is answered; returns when audio can flow towards it.</summary>
    /// <exception cref="NotSupportedException">The driver has no <see cref="VoiceCapabilities.EarlyAudio"/>.</exception>
    ValueTask StartEarlyAudioAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Driver '{Driver}' has no early audio.");

    /// <summary>Answers an inbound leg; returns when audio can flow. Does nothing when it is answered already.</summary>
    ValueTask AnswerAsync(CancellationToken cancellationToken);

    /// <summary>Ends the leg, or refuses it when it was not answered. Always succeeds, never waits; the first cause counts.</summary>
    void HangUp(HangUpCause cause);

    /// <summary>Puts the far end on hold (true) or back (false) by the driver's own signalling.</summary>
    ValueTask HoldAsync(bool hold, CancellationToken cancellationToken);

    /// <summary>Tells the party that asked for a transfer how it goes. Never waits; nothing happens when it asked for none.</summary>
    void ReportTransfer(TransferProgress progress)
    {
    }

    /// <summary>Asks the far end itself to call somebody else in place of us, or to take the place of another leg of ours.</summary>
    /// <param name="target">Whom it is to call.</param>
    /// <param name="replaces">The leg it takes the place of; null for a blind transfer.</param>
    /// <param name="cancellationToken">Stops waiting; what the far end does meanwhile it goes on with.</param>
    /// <returns>How it went, as the far end says: never <see cref="TransferProgress.Trying"/> or <see cref="TransferProgress.Ringing"/>.</returns>
    /// <exception cref="NotSupportedException">The driver has no <see cref="VoiceCapabilities.Transfer"/>.</exception>
    ValueTask<TransferProgress> ReferAsync(DialTarget target, ICall? replaces, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Driver '{Driver}' cannot transfer.");

    /// <summary>Plays to the far end until the list is over; a later play takes the place of an earlier one.</summary>
    /// <remarks>Cancelling stops the sound within one 20 ms frame.</remarks>
    ValueTask<PlayEnd> PlayAsync(PlayRequest request, CancellationToken cancellationToken);

    /// <summary>Sends digits as telephone events, one after another.</summary>
    /// <param name="digits">Any of 0-9, *, # and A-D.</param>
    /// <param name="tone">40 ms to 5 s each.</param>
    /// <param name="cancellationToken">Stops after the digit being sent.</param>
    ValueTask SendDigitsAsync(string digits, TimeSpan tone, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a recording of this leg, both directions: left what the party says, right what it is sent. Does not wait for a disk that is
    /// slow: where the file cannot be made, <see cref="ICallRecording.Completed"/> says so.
    /// </summary>
    /// <exception cref="IOException">The file cannot be made, and this is known at once; the message names it.</exception>
    ValueTask<ICallRecording> RecordAsync(RecordRequest request, CancellationToken cancellationToken);

    /// <summary>What the far end says from now on, as 16-bit little-endian mono PCM at <see cref="AudioRateHz"/>. One listener at a time.</summary>
    PipeReader Listen();

    /// <summary>Takes 16-bit little-endian mono PCM at <see cref="AudioRateHz"/> and sends it to the far end.</summary>
    PipeWriter Speak();

    /// <summary>Waits until the far end has been silent, or has spoken, for that long without a break, from now on.</summary>
    /// <remarks>
    /// What comes is judged by its level only while somebody waits. Sounds under 60 ms do not break a silence, pauses up to 200 ms
    /// do not break speech; packets that do not come are silence. A noise that stays counts as silence after half a minute.
    /// </remarks>
    /// <param name="activity">What is waited for.</param>
    /// <param name="length">20 ms to 1 hour, rounded up to whole 20 ms.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NotSupportedException">The driver has no <see cref="VoiceCapabilities.Activity"/>.</exception>
    ValueTask WaitForAsync(VoiceActivity activity, TimeSpan length, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Driver '{Driver}' does not tell whether somebody speaks.");

    /// <summary>Sample rate of <see cref="Listen"/> and <see cref="Speak"/>.</summary>
    int AudioRateHz { get; }
}

/// <summary>Whether somebody speaks.</summary>
public enum VoiceActivity
{
    /// <summary>Nothing is heard but noise.</summary>
    Silence,

    /// <summary>Somebody speaks, or makes another sound.</summary>
    Speech,
}

/// <summary>Who began a leg.</summary>
public enum CallDirection
{
    /// <summary>The party called us.</summary>
    Inbound,

    /// <summary>We called the party.</summary>
    Outbound,
}

/// <summary>Where a leg stands.</summary>
public enum CallState
{
    /// <summary>Begun; nobody is known to be rung.</summary>
    Trying,

    /// <summary>Somebody is being rung.</summary>
    Ringing,

    /// <summary>Audio can flow.</summary>
    Answered,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>A party of a leg as signalled.</summary>
/// <param name="Number">User part or telephone number; empty when withheld.</param>
/// <param name="Name">Display name, if any.</param>
public sealed record CallParty(string Number, string? Name = null);

/// <summary>Where a leg comes from: decides what it may do.</summary>
public abstract record CallOrigin
{
    private CallOrigin()
    {
    }

    /// <summary>One of our phones, authenticated.</summary>
    public sealed record FromEndpoint(EndpointId Endpoint) : CallOrigin;

    /// <summary>A configured peer: a trunk, or an address that is trusted.</summary>
    public sealed record FromTrunk(string Trunk) : CallOrigin;

    /// <summary>Somebody unknown, let in because the host allows it.</summary>
    public sealed record Stranger : CallOrigin;

    /// <summary>We dialled it.</summary>
    public sealed record Dialled(DialTarget Target) : CallOrigin;
}

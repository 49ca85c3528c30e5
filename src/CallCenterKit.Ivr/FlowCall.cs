using CallCenterKit.Contacts;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Queues;
using CallCenterKit.Recordings;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr;

/// <summary>The caller, as a flow sees it: verbs that read like the conversation.</summary>
/// <remarks>
/// One verb at a time; <see cref="PushDigit"/> on any thread. Every verb that waits throws
/// <see cref="CallEndedException"/>, an <see cref="OperationCanceledException"/>, once the call has ended.
/// A flow counts as running work except while it waits inside a verb.
/// </remarks>
public sealed class FlowCall
{
    /// <summary>The variable that holds <see cref="Language"/>.</summary>
    public const string LanguageVariable = "language";

    private const int MostHopsWithoutWaiting = 16;

    private readonly IFlowSession _session;
    private readonly FlowEnvironment _environment;
    private readonly Keypad _keypad;
    private readonly Speaker _speaker;
    private CancellationToken _hostToken;
    private CancellationToken _flowToken;
    private IFlow? _next;
    private int _verbs;
    private int _hopsWithoutWaiting;
    private bool _hungUp;

    /// <summary>A call for flows to talk to.</summary>
    /// <param name="session">The host's side of this call.</param>
    /// <param name="environment">What all flows share.</param>
    public FlowCall(IFlowSession session, FlowEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(environment);
        _session = session;
        _environment = environment;
        _keypad = new(environment.Time, environment.Work);
        _speaker = new(session.Call, new(environment, () => Language), _keypad, environment.Work);
    }

    /// <summary>The leg: who calls, what was dialled, whether it was answered.</summary>
    public ICall Call => _session.Call;

    /// <summary>The matter this leg belongs to.</summary>
    public InteractionId InteractionId => _session.InteractionId;

    /// <summary>Cancelled once the leg has ended.</summary>
    public CancellationToken Ended => Call.Ended;

    /// <summary>The language the caller chose, as BCP 47 names it: "lt"; null when they chose none and the center's own is spoken.</summary>
    /// <remarks>
    /// Kept as the variable <see cref="LanguageVariable"/>, so a flow that is data sets it too. From then on recordings are taken
    /// from the folder of that name where they are there, and numbers, texts and announcements of queues are said in it.
    /// </remarks>
    public string? Language
    {
        get => GetVariable(LanguageVariable) is { Length: > 0 } language ? language : null;
        set => SetVariable(LanguageVariable, value ?? "");
    }

    private bool IsOver => _hungUp || Ended.IsCancellationRequested || Call.State == CallState.Ended;

    /// <summary>Hands in a key the caller pressed. It is kept until a verb asks, up to 32 of them; more are lost.</summary>
    /// <param name="key">0-9, *, # or A-D; anything else is ignored.</param>
    /// <remarks>Any thread; never waits.</remarks>
    public void PushDigit(char key)
    {
        if (Keypad.IsKey(key) && !_keypad.Push(key))
            FlowLog.KeyLost(_environment.Logger, key, Call.Id, Keypad.Capacity);
    }

    /// <summary>Runs a flow, and those it goes on to, then ends the call if the caller is still there.</summary>
    /// <param name="flow">What to begin with.</param>
    /// <param name="cancellationToken">Stops the flow because the center shuts down. The end of the leg stops it by itself.</param>
    /// <returns>Never a fault: what a flow throws is logged and ends this call and no other.</returns>
    /// <remarks>For the host, once per call. The host enters the flow as running work before it calls this, and leaves it after.</remarks>
    public async Task<FlowEnd> RunAsync(IFlow flow, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        (_hostToken, _flowToken) = (cancellationToken, either.Token);
        var end = await RunChainAsync(flow).ConfigureAwait(false);
        FlowLog.FlowEnded(_environment.Logger, flow.Name, Call.Id, end);
        return end;
    }

    /// <summary>Answers the caller; returns when audio can flow. Does nothing when that was done already.</summary>
    public async ValueTask AnswerAsync(CancellationToken cancellationToken = default) =>
        await VerbAsync(
            async token =>
            {
                await _environment.Work.ParkAsync(Call.AnswerAsync(token)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Says a prompt. A key cuts it short, or leaves it out if one waits already, and stays for the next verb that asks.</summary>
    /// <returns><see cref="PlayEnd.Stopped"/> when a key cut it short.</returns>
    /// <exception cref="FileNotFoundException">The catalog does not have it; the message names it and the place.</exception>
    public ValueTask<PlayEnd> PlayAsync(Prompt prompt, CancellationToken cancellationToken = default) =>
        PlayAsync(prompt, bargeIn: true, cancellationToken);

    /// <summary>Says a prompt.</summary>
    /// <param name="prompt">What to say.</param>
    /// <param name="bargeIn">Whether a key cuts it short; false for what must be heard, such as a recording notice. Keys are kept either way.</param>
    /// <param name="cancellationToken">Stops it within one 20 ms frame.</param>
    /// <returns><see cref="PlayEnd.Stopped"/> when a key cut it short.</returns>
    /// <exception cref="FileNotFoundException">The catalog does not have it; the message names it and the place.</exception>
    public ValueTask<PlayEnd> PlayAsync(Prompt prompt, bool bargeIn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return VerbAsync(token => _speaker.SayAsync(prompt, bargeIn, token), cancellationToken);
    }

    /// <summary>Says a prompt and takes one key, again after no key or a wrong one.</summary>
    /// <exception cref="ArgumentException">The menu cannot be used; the message says why.</exception>
    public ValueTask<MenuChoice> AskAsync(Prompt prompt, Menu menu, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(menu);
        ThrowIfFaulty(menu.Faults(), nameof(menu));
        return VerbAsync(new MenuDialogue(_speaker, _keypad, prompt, menu).RunAsync, cancellationToken);
    }

    /// <summary>Says a prompt and takes digits, again after none or a wrong input.</summary>
    /// <exception cref="ArgumentException">The request cannot be used; the message says why.</exception>
    public ValueTask<DigitsResult> CollectAsync(Prompt prompt, DigitsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfFaulty(request.Faults(), nameof(request));
        return VerbAsync(new DigitsDialogue(_speaker, _keypad, prompt, request).RunAsync, cancellationToken);
    }

    /// <summary>Says a prompt and asks by key whether the caller may be recorded. The last answer counts for the whole interaction.</summary>
    /// <returns>True for yes. After a no nothing is recorded, whoever asks for it, and what was recorded before is deleted.</returns>
    /// <remarks>Who hangs up before the answer, or cannot be asked, has said no.</remarks>
    /// <exception cref="ArgumentException">The request cannot be used; the message says why.</exception>
    public async ValueTask<bool> AskRecordingConsentAsync(Prompt prompt, ConsentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var given = false;
        _session.NoteConsent(RecordingConsent.Asked);
        try
        {
            given = request.IsYes(await AskAsync(prompt, request.ToMenu(), cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _session.NoteConsent(given ? RecordingConsent.Given : RecordingConsent.Refused);
        }
        return given;
    }

    /// <summary>Puts silence on the recording in place of the voices until <see cref="ResumeRecordingAsync"/>, for what must not be kept: card numbers.</summary>
    /// <remarks>Returns once that is so. Nothing happens when nothing is recorded; what begins later is not paused.</remarks>
    public async ValueTask PauseRecordingAsync(CancellationToken cancellationToken = default) =>
        await VerbAsync(_session.PauseRecordingAsync, cancellationToken).ConfigureAwait(false);

    /// <summary>Puts the voices on the recording again, unless a rule forbids it.</summary>
    public async ValueTask ResumeRecordingAsync(CancellationToken cancellationToken = default) =>
        await VerbAsync(_session.ResumeRecordingAsync, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="QueueAsync(QueueId, CancellationToken)"/>
    public ValueTask<QueueOutcome> QueueAsync(string queue, CancellationToken cancellationToken = default) =>
        QueueId.TryFrom(queue, out var id)
            ? QueueAsync(id, cancellationToken)
            : throw new ArgumentException($"Queue '{queue}' must be 1 to 128 characters.", nameof(queue));

    /// <summary>Brings the caller to an agent; returns when the caller is back from the agent, was given up, or has left.</summary>
    /// <returns>A caller who has left is an outcome here; the next verb throws.</returns>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public ValueTask<QueueOutcome> QueueAsync(QueueId queue, CancellationToken cancellationToken = default) =>
        QueueAsync(queue, QueueRequest.None, cancellationToken);

    /// <summary>Brings the caller to an agent who fits; returns when the caller is back from the agent, was given up, or has left.</summary>
    /// <returns>A caller who has left is an outcome here; the next verb throws.</returns>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public ValueTask<QueueOutcome> QueueAsync(QueueId queue, QueueRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The session knows its leg, so only the host's own stop goes through: a hang-up is its outcome, not a race.
        var stop = cancellationToken == _flowToken ? _hostToken : cancellationToken;
        return VerbAsync(_ => _session.QueueAsync(queue, request, stop), cancellationToken);
    }

    /// <summary>Who the caller may be: the contacts with their number. Waits for a slow store until 50 ms after the call came.</summary>
    public ValueTask<IReadOnlyList<Contact>> FindContactsAsync(CancellationToken cancellationToken = default) =>
        VerbAsync(_session.FindContactsAsync, cancellationToken);

    /// <summary>Tells a caller whose place is kept that they will be called back, and says goodbye.</summary>
    /// <remarks>Nothing is promised before it is written.</remarks>
    public async ValueTask ConfirmCallbackAsync(QueueOutcome.CallbackBooked booked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(booked);
        var written = await VerbAsync(_session.WhenWrittenAsync, cancellationToken).ConfigureAwait(false);
        var name = $"{Language ?? _environment.Language}/queue/{(booked.Already ? "callback-already-booked" : "callback-booked")}.wav";
        if (written && _environment.Prompts.TryFind(name, out _))
            await SayAsync(name, cancellationToken).ConfigureAwait(false);
        HangUp();
    }

    /// <summary>Greets, beeps, and takes a message for a mailbox: until #, 5 s of silence, 3 minutes, or a hang-up.</summary>
    /// <param name="mailbox">One that the center has.</param>
    /// <param name="request">Another greeting or other limits; null has the defaults and no greeting.</param>
    /// <param name="cancellationToken">Ends the message, and keeps what was said.</param>
    /// <returns>A caller who hangs up after the beep is an outcome here; the next verb throws.</returns>
    /// <exception cref="ArgumentException">There is no such mailbox, or the request cannot be used.</exception>
    public ValueTask<VoicemailOutcome> LeaveVoicemailAsync(string mailbox, VoicemailRequest? request = null, CancellationToken cancellationToken = default)
    {
        request ??= new();
        ThrowIfFaulty(request.Faults(), nameof(request));
        return MailboxId.TryFrom(mailbox, out var id)
            ? VerbAsync(token => new VoicemailDialogue(_session, _environment, _speaker, _keypad, request).RunAsync(id, token), cancellationToken)
            : throw new ArgumentException($"Mailbox '{mailbox}' must be 1 to 64 letters, digits, '-', '_' or '.'.", nameof(mailbox));
    }

    /// <summary>A recording in the caller's language, or in that of the center; null when neither is there.</summary>
    /// <param name="name">Below the folder of the language: "voicemail/greeting.wav".</param>
    public Prompt? FindPrompt(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        foreach (var language in new[] { Language, _environment.Language })
        {
            if (language is not null && _environment.Prompts.TryFind($"{language}/{name}", out _))
                return $"{language}/{name}";
        }

        return null;
    }

    /// <summary>Ends when what was decided so far survives the death of the process; false when that takes too long, and nothing may be promised.</summary>
    public ValueTask<bool> WhenWrittenAsync(CancellationToken cancellationToken = default) => VerbAsync(_session.WhenWrittenAsync, cancellationToken);

    /// <summary>Carries out where a queue sends whom it cannot keep.</summary>
    /// <returns>The outcome of the other queue; null when the call goes on elsewhere or was ended, and the flow should return.</returns>
    /// <exception cref="ArgumentException">There is no such queue or flow.</exception>
    public async ValueTask<QueueOutcome?> FollowAsync(Overflow overflow, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(overflow);
        switch (overflow.Kind)
        {
            case OverflowKind.Queue:
                return await QueueAsync(overflow.Name, cancellationToken).ConfigureAwait(false);
            case OverflowKind.Flow:
                GoTo(overflow.Name);
                return null;
            case OverflowKind.Voicemail:
                GoTo(overflow.ToString());
                return null;
            case OverflowKind.Number:
                _next = _session.FindByNumber(overflow.Name) ?? throw new ArgumentException($"Number '{overflow.Name}' leads nowhere.", nameof(overflow));
                return null;
            case OverflowKind.Message:
                await SayAsync(overflow.Name, cancellationToken).ConfigureAwait(false);
                HangUp();
                return null;
            default:
                HangUp();
                return null;
        }
    }

    /// <summary>Goes on to another flow as soon as this one returns.</summary>
    /// <exception cref="ArgumentException">There is no such flow.</exception>
    public void GoTo(string flow) =>
        _next = _environment.Flows.Find(flow) ?? throw new ArgumentException($"There is no flow '{flow}'.", nameof(flow));

    /// <summary>Ends the call. Later verbs throw; the flow may still do what needs no caller.</summary>
    public void HangUp(HangUpCause cause = HangUpCause.Normal)
    {
        _hungUp = true;
        FlowLog.FlowHangsUp(_environment.Logger, Call.Id, cause);
        _session.HangUp(cause);
    }

    /// <summary>What was collected under this name on this interaction; null when nothing was.</summary>
    public string? GetVariable(string name) => _session.GetVariable(name);

    /// <summary>Keeps a value with the interaction, for the agent and for reports.</summary>
    public void SetVariable(string name, string value) => _session.SetVariable(name, value);

    /// <summary>Also to a caller who was only rung so far.</summary>
    private async ValueTask SayAsync(string prompt, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken).ConfigureAwait(false);
        await PlayAsync(prompt, bargeIn: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FlowEnd> RunChainAsync(IFlow first)
    {
        var flow = first;
        try
        {
            for (IFlow? next = first; next is not null; next = TakeNext())
            {
                flow = next;
                FlowLog.FlowStarted(_environment.Logger, flow.Name, Call.Id);
                await flow.RunAsync(this, _flowToken).ConfigureAwait(false);
            }

            if (!IsOver)
                _session.HangUp(HangUpCause.Normal);
            return FlowEnd.Returned;
        }
        catch (OperationCanceledException fault) when (fault is CallEndedException || IsOver)
        {
            return FlowEnd.CallEnded;
        }
        catch (OperationCanceledException) when (_hostToken.IsCancellationRequested)
        {
            _session.HangUp(HangUpCause.ShuttingDown);
            return FlowEnd.Cancelled;
        }
#pragma warning disable CA1031 // A flow is the host's code: whatever it throws ends its own call and no other.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            FlowLog.FlowFailed(_environment.Logger, fault, flow.Name, Call.Id);
            _session.HangUp(HangUpCause.Failed);
            return FlowEnd.Failed;
        }
    }

    private IFlow? TakeNext()
    {
        (var next, _next) = (_next, null);
        if (next is null || IsOver)
            return null;
        if (++_hopsWithoutWaiting > MostHopsWithoutWaiting)
            throw new InvalidOperationException($"Flows went on to each other {MostHopsWithoutWaiting} times without a verb that waits, at last to '{next.Name}'.");
        FlowLog.FlowGoesOn(_environment.Logger, Call.Id, next.Name);
        return next;
    }

    private ValueTask<bool> VerbAsync(Func<CancellationToken, ValueTask> verb, CancellationToken cancellationToken) =>
        VerbAsync(
            async token =>
            {
                await verb(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async ValueTask<T> VerbAsync<T>(Func<CancellationToken, ValueTask<T>> verb, CancellationToken cancellationToken)
    {
        ThrowIfOver();
        cancellationToken.ThrowIfCancellationRequested();
        _hostToken.ThrowIfCancellationRequested(); // Also for a flow that hands no token on.
        if (Interlocked.Exchange(ref _verbs, 1) != 0)
            throw new InvalidOperationException($"Call {Call.Id} is busy with another verb; a flow awaits one before the next.");
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
            return await verb(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (fault is not CallEndedException)
        {
            ThrowIfOver();
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            _hopsWithoutWaiting = 0;
            Volatile.Write(ref _verbs, 0);
        }
    }

    private void ThrowIfOver()
    {
        if (IsOver)
            throw new CallEndedException(Call.Id, Call.Ending);
    }

    private static void ThrowIfFaulty(IEnumerable<string> faults, string name)
    {
        if (faults.FirstOrDefault() is { } fault)
            throw new ArgumentException($"It cannot be used: {fault}.", name);
    }
}

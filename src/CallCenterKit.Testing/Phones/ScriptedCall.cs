using System.Net;

namespace CallCenterKit.Testing;

/// <summary>One call of a <see cref="ScriptedPhone"/>, placed or received, with its own RTP port.</summary>
/// <remarks>Any thread. Commands that come too late, to a call that has ended, do nothing.</remarks>
public sealed partial class ScriptedCall
{
    private readonly ScriptedPhone _phone;
    private readonly PhoneDialog _dialog;
    private readonly PhoneCompletion<ScriptedCallOutcome> _outcome;
    private readonly PhoneCompletion<bool> _ringing;
    private readonly PhoneCompletion<bool> _answered;
    private readonly PhoneCompletion<ScriptedCallEnd> _ended;
    private ITimer? _linger;
    private PhoneMedia? _media;
    private PhoneVoice? _voice;
    private long _sdpVersion;
    private bool _isTalking;
    private bool _isHangingUp;

    internal ScriptedCall(ScriptedPhone phone, PhoneDialog dialog)
    {
        (_phone, _dialog) = (phone, dialog);
        _outcome = new PhoneCompletion<ScriptedCallOutcome>(phone.Work);
        _ringing = new PhoneCompletion<bool>(phone.Work);
        _answered = new PhoneCompletion<bool>(phone.Work);
        _ended = new PhoneCompletion<ScriptedCallEnd>(phone.Work);
        Heard = new HeardAudio(phone.Time, phone.Work, phone.Options.HearingMemory);
        StartedAt = phone.Time.GetUtcNow();
    }

    /// <summary>The Call-ID.</summary>
    public string CallId => _dialog.CallId;

    /// <summary>Whether this phone was called.</summary>
    public bool IsIncoming => _invite is not null;

    /// <summary>The far end's address as From or To give it, without name and parameters.</summary>
    public string RemoteUri => SipText.UriOf(_dialog.Remote);

    /// <summary>The user part of <see cref="RemoteUri"/>: the number of an incoming call's caller.</summary>
    public string RemoteUser => RemoteUri.Split('@')[0].Split(':')[^1];

    /// <summary>The latest status received, or sent in answer to the far end's INVITE; 0 before the first.</summary>
    public int LastStatus { get; private set; }

    /// <summary>The reason phrase that came with <see cref="LastStatus"/>.</summary>
    public string LastReason { get; private set; } = "";

    /// <summary>When the INVITE was sent or received.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When ringing was first signalled.</summary>
    public DateTimeOffset? RangAt { get; private set; }

    /// <summary>When the 2xx to the INVITE was sent or received.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>When the call was over for this phone.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>True when the far end signals ringing (180 to 189); false when the call ended or was answered without.</summary>
    public Task<bool> Ringing => _ringing.Task;

    /// <summary>How a call this phone placed was taken; never ends on an incoming one.</summary>
    public Task<ScriptedCallOutcome> Outcome => _outcome.Task;

    /// <summary>Why the call ended, once everything about it is over, the response to BYE included.</summary>
    public Task<ScriptedCallEnd> Ended => _ended.Task;

    /// <summary>Whether the far end has put this phone on hold.</summary>
    public bool IsHeldByFarEnd { get; private set; }

    /// <summary>The value of Replaces that names this call to the far end, also while it rings (RFC 3891 §6.1).</summary>
    public string Replaces => $"{CallId};to-tag={(AnsweredAt is null && !IsIncoming ? _earlyTag : SipText.ParameterOf(_dialog.Remote, "tag"))};from-tag={_dialog.LocalTag}";

    /// <summary>What the far end said about a transfer this phone asked for, in order: status lines such as "SIP/2.0 200 OK".</summary>
    public IReadOnlyList<string> TransferNews
    {
        get { lock (_phone.Gate) { return [.. _transferNews]; } }
    }

    /// <summary>What this phone hears; empty before there is media, kept after the end.</summary>
    public HeardAudio Heard { get; }

    /// <summary>RTP packets sent so far.</summary>
    public long PacketsSent
    {
        get { lock (_phone.Gate) { return _media?.PacketsSent ?? 0; } }
    }

    /// <summary>Whether the far end and this phone have agreed to encrypt audio.</summary>
    public bool IsEncrypted
    {
        get { lock (_phone.Gate) { return _media?.IsEncrypted ?? false; } }
    }

    /// <summary>Where this phone receives RTP; null before it has sent its first SDP.</summary>
    public IPEndPoint? LocalRtp
    {
        get { lock (_phone.Gate) { return _media?.Local; } }
    }

    internal ScriptedPhone Phone => _phone;

    internal bool IsOver { get; private set; }

    /// <summary>Hangs up whatever the state: CANCEL, 480 or BYE. Ends when the far end has confirmed, or 64·T1 later.</summary>
    public Task<ScriptedCallEnd> HangUpAsync()
    {
        lock (_phone.Gate)
        {
            if (IsOver || _isHangingUp)
                return Ended;
            if (AnsweredAt is not null)
                SendBye(ScriptedCallEnd.HungUpHere);
            else if (IsIncoming)
                SendFinal(480, null, ScriptedCallEnd.HungUpHere);
            else
                CancelInvite();
            return Ended;
        }
    }

    /// <summary>Puts the far end on hold by a re-INVITE with <c>sendonly</c>; this phone says nothing meanwhile.</summary>
    /// <returns>The final status; 408 when none came, 481 when the call had ended.</returns>
    public Task<int> HoldAsync() => ReinviteAsync(isHolding: true);

    /// <summary>Takes the far end back by a re-INVITE with <c>sendrecv</c>.</summary>
    /// <returns>The final status; 408 when none came, 481 when the call had ended.</returns>
    public Task<int> ResumeAsync() => ReinviteAsync(isHolding: false);

    /// <summary>Sends a request within the dialog, such as INFO or REFER.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="headers">Whole lines, such as <c>Refer-To: &lt;sip:200@example.org&gt;</c>.</param>
    /// <returns>The final status; 408 when none came, 481 when the call had ended.</returns>
    public Task<int> RequestAsync(string method, params IReadOnlyList<string> headers)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(headers);
        lock (_phone.Gate)
        {
            if (IsOver || AnsweredAt is null)
                return Task.FromResult(481);
            return Ask(WithLines(_dialog.Request(method).Add("Contact", $"<{_phone.Contact}>"), headers), static (_, _) => { });
        }
    }

    /// <summary>Asks the far end to call somebody else in place of this phone (RFC 3515).</summary>
    /// <param name="target">A SIP URI, or a user at the phone's own domain.</param>
    /// <returns>The final status, as of <see cref="RequestAsync"/>; what comes of it says <see cref="TransferNews"/>.</returns>
    public Task<int> ReferAsync(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        return RequestAsync("REFER", $"Refer-To: <{UriOf(target)}>", $"Referred-By: <{_phone.Address}>");
    }

    /// <summary>Asks the far end to join whomever this phone talks with in two calls: its attended transfer (RFC 3891 §1).</summary>
    /// <param name="other">The phone's other call.</param>
    public Task<int> ReferAsync(ScriptedCall other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return RequestAsync("REFER", $"Refer-To: <{other.RemoteUri}?Replaces={Uri.EscapeDataString(other.Replaces)}>", $"Referred-By: <{_phone.Address}>");
    }

    /// <summary>Keys digits as telephone events, one after another.</summary>
    /// <param name="digits">Any of 0-9, *, # and A-D.</param>
    /// <param name="tone">Each digit's length, in whole 20 ms packets, 40 ms or more; 100 ms when null.</param>
    /// <param name="pause">Between digits and after the last; 100 ms when null.</param>
    /// <exception cref="InvalidOperationException">The far end takes no telephone events.</exception>
    /// <exception cref="OperationCanceledException">The call ended first.</exception>
    public Task SendDigitsAsync(string digits, TimeSpan? tone = null, TimeSpan? pause = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(digits);
        if (!digits.All(PhoneMedia.IsKey))
            throw new ArgumentException($"'{digits}' holds something else than 0-9, *, # and A-D.", nameof(digits));
        var length = TimeSpan.FromMilliseconds(100);
        lock (_phone.Gate)
        {
            if (IsOver || _media is null)
                return Task.FromCanceled(new CancellationToken(canceled: true));
            return _media.CanSendDigits
                ? _media.SendDigits(digits, tone ?? length, pause ?? length)
                : throw new InvalidOperationException($"The far end of call {CallId} takes no telephone events.");
        }
    }

    /// <summary>Lets time pass as long as the call is up.</summary>
    /// <param name="pause">How long; <see cref="Timeout.InfiniteTimeSpan"/> waits for the end of the call.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    /// <returns>False when the call ended first.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken = default) =>
        this.WhileUpAsync(token => _phone.PauseAsync(pause, token), cancellationToken);

    /// <summary>Changes what this phone says from now on.</summary>
    public void Say(PhoneVoice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        lock (_phone.Gate)
        {
            _voice = voice;
            _media?.Say(voice);
        }
    }

    internal void SendFrames() => _media?.Tick();

    internal void Abandon()
    {
        _outcome.Complete(new ScriptedCallOutcome.TimedOut());
        End(ScriptedCallEnd.Abandoned);
        Forget();
    }

    private string UriOf(string target) => target.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? target : $"sip:{target}@{_phone.Domain}";

    private static SipText WithLines(SipText message, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            message.Add(line.Split(':')[0].Trim(), line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        return message;
    }

    private PhoneMedia OpenMedia()
    {
        if (_media is not null)
            return _media;
        _media = new PhoneMedia(_phone, Heard);
        if (_voice is not null)
            _media.Say(_voice);
        return _media;
    }

    private void Apply(PhoneSdp? remote, string direction)
    {
        if (remote is null || _media is null)
            return;
        _media.Apply(remote, direction);
        if (_isTalking || !_phone.Options.SendsAudio)
            return;
        _isTalking = true;
        _phone.StartTalking(this);
    }

    private void NoteHold(PhoneSdp? remote) => IsHeldByFarEnd = remote is { Receives: false };

    private void NoteStatus(int status, string reason) => (LastStatus, LastReason) = (status, reason);

    private void NoteRinging()
    {
        RangAt ??= _phone.Time.GetUtcNow();
        _ringing.Complete(true);
    }

    private void StopMedia()
    {
        EndedAt ??= _phone.Time.GetUtcNow();
        _phone.StopTalking(this);
        if (_media is not null)
            _phone.Watch(_media.CloseAsync());
    }

    private void End(ScriptedCallEnd end)
    {
        if (IsOver)
            return;
        IsOver = true;
        StopMedia();
        _ringing.Complete(false);
        _answered.Complete(false);
        _ended.Complete(end);
        Linger();
    }

    // Repetitions of what ended the call still get their answer for a while.
    private void Linger() => _linger = _phone.Time.CreateTimer(
        static state => ((ScriptedCall)state!).Forget(), this, _phone.Options.TransactionTimeout, Timeout.InfiniteTimeSpan);

    private void Forget()
    {
        lock (_phone.Gate)
        {
            _request?.Stop();
            _response?.Stop();
            _reinviteResponse?.Stop();
            _phone.Forget(this);
            _linger?.Dispose();
        }
    }
}

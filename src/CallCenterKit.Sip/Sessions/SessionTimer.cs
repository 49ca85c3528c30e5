using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Sessions;

/// <summary>When a session is to be refreshed and by whom, and when it is given up (RFC 4028). Worker only.</summary>
/// <param name="worker">Whose wheel it stands in.</param>
/// <param name="options">Our wishes.</param>
/// <param name="onRefresh">We are to refresh the session.</param>
/// <param name="onExpired">Nobody has refreshed it.</param>
internal sealed class SessionTimer(SipWorker worker, SipSessionTimerOptions options, Action onRefresh, Action onExpired)
{
    // The absolute minimum (RFC 4028 §4); a far end that grants less is not asked every second.
    private const uint LeastSeconds = 90;

    // Of our turns: half of the interval, three quarters, and the end of it.
    private const int LastDue = 3;

    private readonly SipSessionTimerOptions _options = options;
    private WorkerTimer? _timer;
    private bool _isSupported;
    private bool _weRefresh = true;
    private bool _mayRefresh; // no refresh is under way
    private int _dues;
    private uint _interval;
    private uint _minSE;

    /// <summary>Whether a request asks for less than we grant; it gets 422 then (RFC 4028 §9).</summary>
    public static bool IsTooBrief(SipMessage request, SipSessionTimerOptions options, out uint minimum)
    {
        minimum = Seconds(options.MinInterval);
        return TryRead(request, out var asked, out _) && asked < minimum && request.HasToken(SipHeader.Supported, "timer"u8);
    }

    /// <summary>Decides as the one that is asked: INVITE, re-INVITE or UPDATE (RFC 4028 §9, table 2).</summary>
    public void TakeRequest(SipMessage request)
    {
        _isSupported = request.HasToken(SipHeader.Supported, "timer"u8) || request.HasToken(SipHeader.Require, "timer"u8);
        var isAsked = TryRead(request, out var asked, out var refresher);
        var atLeast = Math.Max(ReadMinSE(request), Seconds(_options.MinInterval));
        if (!isAsked && !_options.Enabled)
        {
            Stop();
            _interval = 0;
            return;
        }
        // Whoever asks without naming a refresher leaves the roles to us: we refresh, and later they stay as they are.
        var theyRefresh = refresher.IsEmpty ? _interval > 0 && !_weRefresh : SipText.EqualsIgnoreCase(refresher, "uac"u8);
        _weRefresh = !_isSupported || !theyRefresh;
        _interval = Math.Max(atLeast, isAsked ? (_options.Enabled ? Math.Min(asked, Seconds(_options.Interval)) : asked) : Seconds(_options.Interval));
    }

    /// <summary>What a 2xx says about it; starts the timer.</summary>
    public void WriteResponse(SipMessageWriter response)
    {
        if (_interval == 0)
            return;
        if (_isSupported)
            response.Header(SipHeader.Require, "timer");
        response.Header(SipHeader.SessionExpires, $"{_interval};refresher={(_weRefresh ? "uas" : "uac")}");
        Arm();
    }

    /// <summary>What a request of ours that begins or refreshes the session says about it (RFC 4028 §7.1).</summary>
    public void WriteRequest(SipMessageWriter request)
    {
        if (_interval == 0 && !_options.Enabled)
            return;
        var interval = Math.Max(_interval == 0 ? Seconds(_options.Interval) : _interval, _minSE);
        if (_minSE > 0)
            request.Header(SipHeader.MinSE, _minSE);
        // Before the first answer nobody is chosen; later roles stay as they are.
        if (_interval == 0)
            request.Header(SipHeader.SessionExpires, interval);
        else
            request.Header(SipHeader.SessionExpires, $"{interval};refresher={(_weRefresh ? "uac" : "uas")}");
    }

    /// <summary>Raises our wish to what a 422 demands; false when it demands nothing new (RFC 4028 §7.3).</summary>
    public bool TryRaise(SipMessage response)
    {
        var demanded = ReadMinSE(response);
        if (demanded <= _minSE)
            return false;
        _minSE = demanded;
        return true;
    }

    /// <summary>Decides as the one that asked, by a 2xx; starts the timer (RFC 4028 §7.2).</summary>
    public void TakeResponse(SipMessage response)
    {
        if (TryRead(response, out var granted, out var refresher))
        {
            _interval = Math.Max(granted, LeastSeconds);
            _weRefresh = !SipText.EqualsIgnoreCase(refresher, "uas"u8);
        }
        else if (_options.Enabled)
        {
            // It knows no session timers; we refresh all the same, which it sees as ordinary requests.
            _interval = Math.Max(Seconds(_options.Interval), _minSE);
            _weRefresh = true;
        }
        else
        {
            _interval = 0;
        }
        Arm();
    }

    /// <summary>A refresh of ours was refused by a far end that is alive: it is asked once more before the session runs out.</summary>
    public void RetryLater() => _mayRefresh = true;

    public void Stop() => _timer?.Stop();

    private WorkerTimer Timer => _timer ??= new(worker, OnDue);

    private void Arm()
    {
        _dues = 0;
        _mayRefresh = true;
        if (_interval == 0)
            Stop();
        else
            Timer.Start(TimeSpan.FromSeconds(_weRefresh ? _interval / 2.0 : _interval - Math.Min(32, _interval / 3.0))); // RFC 4028 §10
    }

    // The timer runs on whatever becomes of the refresh, so that one without any answer does not hold the call.
    private void OnDue()
    {
        if (!_weRefresh || ++_dues >= LastDue)
        {
            onExpired();
            return;
        }
        Timer.Start(TimeSpan.FromSeconds(_interval / 4.0));
        if (!_mayRefresh)
            return;
        _mayRefresh = false;
        onRefresh();
    }

    private static bool TryRead(SipMessage message, out uint seconds, out ReadOnlySpan<byte> refresher)
    {
        seconds = 0;
        refresher = default;
        if (!message.TryGet(SipHeader.SessionExpires, out var value))
            return false;
        var end = value.IndexOf((byte)';');
        if (end >= 0)
            new SipParameters(value[end..]).TryGet("refresher"u8, out refresher);
        return SipText.TryParseUInt32(SipText.WithoutParameters(value), out seconds) && seconds > 0;
    }

    private static uint ReadMinSE(SipMessage message) =>
        SipText.TryParseUInt32(SipText.WithoutParameters(message[SipHeader.MinSE]), out var seconds) ? seconds : 0;

    private static uint Seconds(TimeSpan span) => (uint)Math.Ceiling(span.TotalSeconds);
}

using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>How many calls a trunk carries, and how many may begin. Any thread.</summary>
internal sealed class TrunkLimits
{
    private readonly SipTrunkOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Bucket _inbound, _outbound;
    private int _calls;

    public TrunkLimits(SipTrunkOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _inbound = new(options.CallsBurst, time.GetTimestamp());
        _outbound = new(options.CallsBurst, time.GetTimestamp());
    }

    /// <summary>Calls that have begun and not ended, both directions together.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Why no call may begin now; null when one may.</summary>
    public string? WhyFull(CallDirection direction)
    {
        lock (_lock)
            return Check(direction);
    }

    /// <summary>Counts a call in, unless a limit is reached.</summary>
    /// <param name="direction">The limit of calls per second counts for each of the two.</param>
    /// <param name="passesLimits">Counted, never refused.</param>
    /// <param name="why">Which limit it was; null when the call may go on.</param>
    public bool TryBegin(CallDirection direction, bool passesLimits, out string? why)
    {
        lock (_lock)
        {
            why = passesLimits ? null : Check(direction);
            if (why is not null)
                return false;
            _calls++;
            if (_options.CallsPerSecond > 0)
                BucketOf(direction).Take();
            return true;
        }
    }

    public void End()
    {
        lock (_lock)
            _calls--;
    }

    private string? Check(CallDirection direction)
    {
        if (_options.MaxCalls > 0 && _calls >= _options.MaxCalls)
            return $"Trunk '{_options.Name}' carries {_calls} calls of at most {_options.MaxCalls}.";
        if (_options.CallsPerSecond <= 0)
            return null;
        var bucket = BucketOf(direction);
        bucket.Fill(_time, _options.CallsPerSecond, _options.CallsBurst);
        return bucket.Tokens >= 1
            ? null
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Trunk '{_options.Name}' begins at most {_options.CallsPerSecond} calls per second.");
    }

    private Bucket BucketOf(CallDirection direction) => direction == CallDirection.Inbound ? _inbound : _outbound;

    private sealed class Bucket(double tokens, long filledAt)
    {
        private long _filledAt = filledAt;

        public double Tokens { get; private set; } = tokens;

        public void Fill(TimeProvider time, double perSecond, int burst)
        {
            var now = time.GetTimestamp();
            Tokens = Math.Min(burst, Tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
            _filledAt = now;
        }

        // An emergency call may find it empty.
        public void Take() => Tokens = Math.Max(0, Tokens - 1);
    }
}

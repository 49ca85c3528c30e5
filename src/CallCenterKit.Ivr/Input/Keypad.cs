using CallCenterKit.Time;

namespace CallCenterKit.Ivr.Input;

/// <summary>The keys a caller has pressed and nobody has asked for yet.</summary>
/// <remarks><see cref="Push"/> on any thread; the rest by the verb that runs, one at a time.</remarks>
internal sealed class Keypad(TimeProvider time, IRunningWork work)
{
    public const string Keys = "0-9, *, # and A-D";
    public const int Capacity = 32;

    private readonly Lock _lock = new();
    private readonly Queue<char> _pressed = new(Capacity);
    private Action? _onPress;

    public bool IsEmpty
    {
        get { lock (_lock) { return _pressed.Count == 0; } }
    }

    public static bool IsKey(char key) => key is >= '0' and <= '9' or '*' or '#' or >= 'A' and <= 'D';

    /// <summary>Keeps the key and wakes who watches; false when the buffer is full and the key is lost.</summary>
    public bool Push(char key)
    {
        Action? onPress;
        lock (_lock)
        {
            if (_pressed.Count == Capacity)
                return false;
            _pressed.Enqueue(key);
            onPress = _onPress;
        }

        onPress?.Invoke();
        return true;
    }

    public void Clear()
    {
        lock (_lock)
            _pressed.Clear();
    }

    /// <summary>Calls back for a key that waits already and for each that comes, until <see cref="StopWatching"/>, and
    /// perhaps once after it.</summary>
    public void Watch(Action onPress)
    {
        bool waits;
        lock (_lock)
        {
            _onPress = onPress;
            waits = _pressed.Count > 0;
        }

        if (waits)
            onPress();
    }

    public void StopWatching()
    {
        lock (_lock)
            _onPress = null;
    }

    /// <summary>The next key; null when none comes in time.</summary>
    public async ValueTask<char?> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (TryTake(out var waiting))
            return waiting;

        var parked = new Parked<bool>(work);
        Watch(() => parked.TryComplete(true));
        using var timer = time.CreateTimer(
            static state => ((Parked<bool>)state!).TryComplete(false), parked, timeout, Timeout.InfiniteTimeSpan);
        try
        {
            await parked.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            StopWatching();
        }

        return TryTake(out var key) ? key : null;
    }

    /// <summary>Takes the next key if it is this one and was pressed already.</summary>
    public void Skip(char key)
    {
        lock (_lock)
        {
            if (_pressed.TryPeek(out var next) && next == key)
                _pressed.Dequeue();
        }
    }

    private bool TryTake(out char key)
    {
        lock (_lock)
            return _pressed.TryDequeue(out key);
    }
}

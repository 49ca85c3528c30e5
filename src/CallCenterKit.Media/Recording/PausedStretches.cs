namespace CallCenterKit.Media.Recording;

/// <summary>The pauses of one recording on its time line. Any thread; reading takes no lock.</summary>
internal sealed class PausedStretches
{
    private readonly Lock _gate = new();
    private volatile PausedStretch[] _all = [];

    /// <summary>All of them in their order; a snapshot that never changes, another instance after each change.</summary>
    public PausedStretch[] All => _all;

    /// <summary>Does nothing during a pause.</summary>
    public void Begin(long frame)
    {
        lock (_gate)
        {
            if (_all is not [.., { To: PausedStretch.Open }])
                _all = [.. _all, new PausedStretch(frame, PausedStretch.Open)];
        }
    }

    /// <summary>Does nothing outside a pause.</summary>
    public void End(long frame)
    {
        lock (_gate)
        {
            if (_all is [.. var before, { To: PausedStretch.Open } last])
                _all = [.. before, last with { To = Math.Max(frame, last.From) }];
        }
    }
}

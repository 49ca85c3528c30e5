namespace CallCenterKit.Media.Engine;

/// <summary>Somebody who waits until the party of a leg has been silent, or has spoken, for a while.</summary>
/// <remarks>Dispose it on any thread to wait no longer.</remarks>
public sealed class ActivityWatch : IDisposable
{
    private readonly MediaLeg _leg;
    private readonly Action<bool> _whenOver;
    private readonly int _framesWanted;
    private bool _over;

    internal ActivityWatch(MediaLeg leg, bool forSpeech, TimeSpan length, Action<bool> whenOver)
    {
        (_leg, IsForSpeech, _whenOver) = (leg, forSpeech, whenOver);
        _framesWanted = (int)((length.Ticks + MediaThread.FrameTicks - 1) / MediaThread.FrameTicks);
    }

    internal bool IsForSpeech { get; }

    /// <summary>How long it has gone on. The media thread's.</summary>
    internal int Frames { get; private set; }

    /// <summary>Waits no longer; does nothing when that is over.</summary>
    public void Dispose() => _leg.Stream.Post(stream => stream.Unwatch(this));

    /// <summary>Counts one frame; true when that was the last one wanted.</summary>
    internal bool Step(bool isBroken)
    {
        Frames = isBroken ? 0 : Frames + 1;
        return Frames >= _framesWanted;
    }

    internal void End(bool heard)
    {
        if (_over)
            return;
        _over = true;
        _whenOver(heard);
    }
}

using System.Collections.Concurrent;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Playback;

/// <summary>Holds what is played to many: files and tones, read once. Any thread.</summary>
/// <param name="maxBytes">When files take more, those unused for the longest time go.</param>
/// <param name="loadInline">Read files in the caller's thread: a stepped engine has no other.</param>
internal sealed class PromptCache(long maxBytes, bool loadInline)
{
    private readonly ConcurrentDictionary<string, Entry> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TonePattern, Prompt> _tones = new();
    private long _uses;
    private long _bytes;

    /// <summary>One frame of nothing.</summary>
    public Prompt Silence { get; } = new(new short[160], 8000);

    /// <summary>Makes a list ready to be played and hands it on, at once if everything is in memory; never throws.</summary>
    public void Load(PlayList list, Action<LoadedList> whenReady)
    {
        if (loadInline || list.Items.All(IsAtHand))
            whenReady(Load(list));
        else
            ThreadPool.UnsafeQueueUserWorkItem(_ => whenReady(Load(list)), null);
    }

    /// <summary>Reads a file, or takes it from memory if it has not changed since.</summary>
    public Prompt Get(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (_files.TryGetValue(path, out var known) && known.Written == written)
        {
            known.LastUse = Interlocked.Increment(ref _uses);
            return known.Prompt;
        }

        var wav = WavReader.Load(path);
        var entry = new Entry(new Prompt(wav.ToMono(), wav.SampleRateHz), written) { LastUse = Interlocked.Increment(ref _uses) };
        _files[path] = entry;
        Interlocked.Add(ref _bytes, entry.Prompt.Bytes - (known?.Prompt.Bytes ?? 0));
        Trim(path);
        return entry.Prompt;
    }

    private LoadedList Load(PlayList list)
    {
        var segments = new List<PlaySegment>(list.Items.Count);
        foreach (var item in list.Items)
        {
            try
            {
                segments.Add(ToSegment(item));
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                return new LoadedList(segments, e.Message);
            }
        }

        return new LoadedList(segments, null);
    }

    private PlaySegment ToSegment(PlayItem item) => item switch
    {
        PlayItem.File file => new PlaySegment.Sound(Get(file.Path)),
        PlayItem.Tone tone => new PlaySegment.Sound(_tones.GetOrAdd(tone.Pattern, ToneRenderer.Render)),
        PlayItem.Silence silence => new PlaySegment.Silence(Silence, FramesOf(silence.Duration)),
        PlayItem.Pcm pcm => new PlaySegment.Live(pcm.Source),
        PlayItem.Stream stream => new PlaySegment.Live(PcmPipe.Read(stream.Source)),
        PlayItem.Generator generator => new PlaySegment.Generated(generator.Fill),
        _ => throw new ArgumentException($"{item} is no kind of sound that can be played.", nameof(item)),
    };

    private static int FramesOf(TimeSpan duration) =>
        (int)((duration.Ticks + MediaThread.FrameTicks - 1) / MediaThread.FrameTicks);

    private bool IsAtHand(PlayItem item) => item is not PlayItem.File file || _files.ContainsKey(file.Path);

    private void Trim(string justRead)
    {
        while (Interlocked.Read(ref _bytes) > maxBytes)
        {
            var oldest = _files.Where(file => file.Key != justRead).MinBy(file => file.Value.LastUse);
            if (oldest.Key is null || !_files.TryRemove(oldest.Key, out var removed))
                return;
            Interlocked.Add(ref _bytes, -removed.Prompt.Bytes);
        }
    }

    private sealed class Entry(Prompt prompt, DateTime written)
    {
        public Prompt Prompt { get; } = prompt;

        public DateTime Written { get; } = written;

        public long LastUse { get; set; }
    }
}

using System.Security.Cryptography;
using System.Text;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Texts as files: each is spoken once by the engine, whoever asks for it, and kept in a folder of bounded size.</summary>
/// <remarks>
/// Any thread. A file is there as a whole or not at all. Which text a file holds is not to be read from its name: that is a
/// hash of engine, voice and text.
/// </remarks>
public sealed class SpokenTexts
{
    /// <summary>A file used within this time may be on its way to a caller and stays.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(1);

    private readonly ITextToSpeech _engine;
    private readonly SpokenTextOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Making> _making = new(StringComparer.Ordinal);
    private int _parts;

    /// <summary>Keeps what this engine speaks.</summary>
    /// <param name="engine">Speaks.</param>
    /// <param name="options">Where, and how much.</param>
    /// <param name="time">Says what was used last.</param>
    public SpokenTexts(ITextToSpeech engine, SpokenTextOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_engine, _options, _time) = (engine, options, time);
    }

    /// <summary>The WAV file of a text: 8 kHz, mono, 16 bit.</summary>
    /// <param name="text">1 to 2,000 characters.</param>
    /// <param name="language">As BCP 47 names it: "lt".</param>
    /// <param name="cancellationToken">Stops waiting; the engine is stopped when nobody else waits for the same text.</param>
    /// <exception cref="SpeechException">The engine cannot speak it, or not in time; or the folder cannot be written to.</exception>
    public async ValueTask<string> FindAsync(string text, string language, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentException.ThrowIfNullOrWhiteSpace(language);
        var path = Path.Combine(_options.Folder, NameOf(text, language));
        if (TryUse(path))
            return path;
        var making = Join(path, out var isFirst);
        try
        {
            if (isFirst)
                _ = MakeAsync(making, path, text, language); // ends as making.Spoken
            await making.Spoken.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return path;
        }
        finally
        {
            Leave(path, making);
        }
    }

    private string NameOf(string text, string language)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{_engine.Name}\n{_engine.VoiceOf(language)}\n{text}"));
        return $"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}.wav";
    }

    private bool TryUse(string path)
    {
        try
        {
            if (!File.Exists(path))
                return false;
            File.SetLastAccessTimeUtc(path, _time.GetUtcNow().UtcDateTime); // not that of writing: whoever has it in memory would read it anew
            return true;
        }
        catch (IOException)
        {
            return false; // it was removed in this moment
        }
    }

    private Making Join(string path, out bool isFirst)
    {
        lock (_lock)
        {
            isFirst = !_making.TryGetValue(path, out var making);
            if (making is null)
                _making[path] = making = new();
            making.Waiters++;
            return making;
        }
    }

    private void Leave(string path, Making making)
    {
        lock (_lock)
        {
            if (--making.Waiters > 0)
                return;
            _making.Remove(path);
        }

        making.Stop.Cancel();
        making.Stop.Dispose();
    }

    private async Task MakeAsync(Making making, string path, string text, string language)
    {
        try
        {
            await MakeAsync(path, text, language, making.Stop.Token).ConfigureAwait(false);
            making.Spoken.TrySetResult();
        }
        catch (Exception fault)
        {
            making.Spoken.TrySetException(fault);
        }
    }

    private async ValueTask MakeAsync(string path, string text, string language, CancellationToken nobodyWaits)
    {
        if (TryUse(path))
            return;
        using var late = new CancellationTokenSource(_options.TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(nobodyWaits, late.Token);
        try
        {
            var audio = await _engine.SpeakAsync(text, language, either.Token).ConfigureAwait(false);
            Write(path, TelephoneSpeech.Convert(audio.Pcm.Span, audio.SampleRateHz));
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested)
        {
            throw new SpeechException($"{_engine.Name} did not speak a text of {text.Length} characters within {_options.TimeLimit}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SpeechException($"What {_engine.Name} has spoken cannot be kept in '{_options.Folder}': {fault.Message}", fault);
        }
    }

    private void Write(string path, ReadOnlySpan<short> pcm)
    {
        Directory.CreateDirectory(_options.Folder);
        var part = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _parts)}.part";
        try
        {
            using (var wav = WavWriter.Create(part, channels: 1))
                wav.Append(pcm);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        TryUse(path);
        Trim();
    }

    /// <summary>What was not used for the longest time goes first.</summary>
    private void Trim()
    {
        var files = new DirectoryInfo(_options.Folder).GetFiles("*.wav");
        var bytes = files.Sum(file => file.Length);
        var safe = (_time.GetUtcNow() - InUse).UtcDateTime;
        foreach (var file in files.Where(file => file.LastAccessTimeUtc < safe).OrderBy(file => file.LastAccessTimeUtc))
        {
            if (bytes <= _options.MaxBytes)
                return;
            bytes -= file.Length;
            file.Delete();
        }
    }

    private sealed class Making
    {
        public CancellationTokenSource Stop { get; } = new();

        public TaskCompletionSource Spoken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }
}

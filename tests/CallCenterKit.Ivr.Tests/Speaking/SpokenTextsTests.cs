using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Media.Wav;
using CallCenterKit.Testing;

namespace CallCenterKit.Ivr.Speaking;

public sealed class SpokenTextsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("speech");
    private readonly VirtualTimeProvider _time = new();
    private readonly FakeSpeech _engine = new();
    private readonly SpokenTextOptions _options = new() { TimeLimit = TimeSpan.FromSeconds(10) };

    public SpokenTextsTests() => _options.Folder = Path.Combine(_folder.FullName, "made");

    [Fact]
    public async Task A_text_is_spoken_once_and_found_again_also_by_another_life()
    {
        _engine.Release();
        var first = await Texts().FindAsync("Hello", "en", CancellationToken.None);
        var again = await Texts().FindAsync("Hello", "en", CancellationToken.None);

        Assert.Equal((first, 1), (again, _engine.Spoken));
        var audio = WavReader.Load(first);
        Assert.Equal((8_000, 1, TimeSpan.FromSeconds(0.5)), (audio.SampleRateHz, audio.Channels, audio.Duration));
        Assert.Equal([first], Directory.GetFiles(_options.Folder));
        Assert.DoesNotContain("Hello", first, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_voice_language_or_text_is_another_file()
    {
        _engine.Release();
        var texts = Texts();
        var one = await texts.FindAsync("Hello", "en", CancellationToken.None);
        var two = await texts.FindAsync("Hello", "lt", CancellationToken.None);
        var three = await texts.FindAsync("Hello.", "en", CancellationToken.None);
        _engine.Voice = "two";
        var four = await texts.FindAsync("Hello", "en", CancellationToken.None);

        Assert.Equal(4, new[] { one, two, three, four }.Distinct().Count());
    }

    [Fact]
    public async Task Many_who_want_the_same_text_at_once_have_it_spoken_once()
    {
        var texts = Texts();
        var asked = Enumerable.Range(0, 20).Select(_ => texts.FindAsync("Hello", "en", CancellationToken.None).AsTask()).ToList();
        await _engine.Asked.Task;
        _engine.Release();

        Assert.Single((await Task.WhenAll(asked)).Distinct());
        Assert.Equal(1, _engine.Spoken);
    }

    [Fact]
    public async Task One_who_leaves_does_not_stop_it_for_another_and_the_last_one_does()
    {
        var texts = Texts();
        using var leaving = new CancellationTokenSource();
        using var last = new CancellationTokenSource();
        var first = texts.FindAsync("Hello", "en", leaving.Token).AsTask();
        var second = texts.FindAsync("Hello", "en", last.Token).AsTask();
        await _engine.Asked.Task;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(_engine.Stopped.Task.IsCompleted);
        await last.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await _engine.Stopped.Task;
    }

    [Fact]
    public async Task An_engine_that_takes_too_long_is_stopped_and_named()
    {
        var waiting = Texts().FindAsync("Hello", "en", CancellationToken.None).AsTask();
        await _engine.Asked.Task;

        await _time.AdvanceAsync(TimeSpan.FromSeconds(10));

        var fault = await Assert.ThrowsAsync<SpeechException>(() => waiting);
        Assert.Equal("fake did not speak a text of 5 characters within 00:00:10.", fault.Message);
        await _engine.Stopped.Task;
        Assert.False(Directory.Exists(_options.Folder));
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_the_next()
    {
        _engine.Release();
        _engine.Broken = new("no voice");
        var texts = Texts();
        await Assert.ThrowsAsync<SpeechException>(() => texts.FindAsync("Hello", "en", CancellationToken.None).AsTask());

        _engine.Broken = null;
        Assert.True(File.Exists(await texts.FindAsync("Hello", "en", CancellationToken.None)));
    }

    [Fact]
    public async Task What_was_not_used_for_the_longest_time_goes_when_the_folder_is_full()
    {
        _engine.Release();
        _options.MaxBytes = 1 << 20; // 65 s of speech
        var texts = Texts();
        var used = await texts.FindAsync(new string('a', 200), "en", CancellationToken.None); // 20 s each
        await _time.AdvanceAsync(TimeSpan.FromMinutes(2));
        var unused = await texts.FindAsync(new string('b', 200), "en", CancellationToken.None);
        await _time.AdvanceAsync(TimeSpan.FromMinutes(2));
        await texts.FindAsync(new string('a', 200), "en", CancellationToken.None);
        var third = await texts.FindAsync(new string('c', 200), "en", CancellationToken.None);
        await _time.AdvanceAsync(TimeSpan.FromMinutes(2));
        await texts.FindAsync(new string('a', 200), "en", CancellationToken.None);
        var fourth = await texts.FindAsync(new string('d', 200), "en", CancellationToken.None);

        Assert.Equal([true, false, true, true], new[] { used, unused, third, fourth }.Select(File.Exists));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        _engine.Release();
        await File.WriteAllTextAsync(_options.Folder, "", TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<SpeechException>(() => Texts().FindAsync("Hello", "en", CancellationToken.None).AsTask());
        Assert.Contains(_options.Folder, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SpokenTexts Texts() => new(_engine, _options, _time);
}

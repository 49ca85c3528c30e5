using System.Globalization;
using CallCenterKit.Configuration;
using CallCenterKit.Media.Wav;
using CallCenterKit.Metrics;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Voice;

namespace ConsolePbx.Demo;

/// <summary>One expectation and what was seen.</summary>
internal sealed record DemoCheck(string What, string Expected, string Seen, bool IsOk);

/// <summary>Compares what phones, records and files say with the script and the configuration.</summary>
internal sealed class DemoChecks
{
    private const double SpeechDb = -40;                                     // the speech files are at about -20 dB
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly List<DemoCheck> _all = [];
    private readonly DemoScript _script;
    private readonly CallCenterOptions _options;

    private DemoChecks(DemoScript script, CallCenterOptions options) => (_script, _options) = (script, options);

    public static IReadOnlyList<DemoCheck> Of(DemoResult result, DemoScript script, CallCenterOptions options)
    {
        var checks = new DemoChecks(script, options);
        checks.Same("phones registered", options.Agents.Count + script.Calls.Count, result.Registrations.Count(outcome => outcome is ScriptedRegistrationOutcome.Registered));
        foreach (var outcome in result.Outcomes)
            checks.CheckCall(outcome, result.Records.Where(record => record.Number == outcome.Call.Number).ToList());
        checks.Same("calls", script.Calls.Count, result.Records.Count);
        checks.CheckFigures(DemoFigures.Of(script, result.Records), result.Figures);
        return checks._all;
    }

    private void CheckFigures(DemoFigures expected, QueueFigures seen)
    {
        Same("answered", expected.Answered, seen.Answered);
        Same("abandoned", expected.Abandoned, seen.Abandoned);
        Same("service level F4", Percent(expected.ServiceLevelF4), Percent(seen.ServiceLevelF4));
        Near("ASA", expected.AverageSpeedOfAnswer, seen.AverageSpeedOfAnswer ?? TimeSpan.Zero);
    }

    private void CheckCall(DemoOutcome outcome, List<CallRecord> records)
    {
        var name = outcome.Call.Name;
        Same($"{name}: call ended", EndingOf(outcome.Call), outcome.Caller.Ending);
        Same($"{name}: call records", 1, records.Count);
        foreach (var record in records)
        {
            if (outcome.Call.Queue is not null)
                CheckQueue(outcome, record);
            CheckTalk(outcome, record);
            CheckRecordings(outcome, record);
        }
    }

    private void CheckQueue(DemoOutcome outcome, CallRecord record)
    {
        var (call, name) = (outcome.Call, outcome.Call.Name);
        Same($"{name}: queue", call.Queue, record.Queue?.ToString());
        Same($"{name}: left the queue", call.Talks ? QueueExit.Answered : QueueExit.Abandoned, record.QueueExit);
        var least = call.Key is null ? outcome.Waited - Tolerance : call.Talks ? _script.Ring - Tolerance : TimeSpan.Zero;
        Within($"{name}: waited", least, outcome.Waited + Tolerance, record.Waited);
        Heard($"{name}: heard prompts or music", outcome.CallerHeardBefore);
    }

    private void CheckTalk(DemoOutcome outcome, CallRecord record)
    {
        var (call, name) = (outcome.Call, outcome.Call.Name);
        Same($"{name}: record", call.Talks ? CallRecordEnding.Completed : CallRecordEnding.Abandoned, record.Ending);
        Same($"{name}: hung up by", call is { Talks: true, Talk: null } ? CallEndedBy.Center : CallEndedBy.Party, record.EndedBy);
        if (!call.Talks)
            return;
        if (call.Queue is { } queue)
            Check($"{name}: agent", $"of {queue}", record.Agent?.ToString() ?? "nobody", _options.Queues[queue].Members.Contains(record.Agent?.ToString() ?? ""));
        Near($"{name}: talked", call.Talk ?? _script.AgentTalk, record.Talk);
        if (outcome.Agent is not { } agent)
            return;
        HeardSpeech($"{name}: heard the other", outcome.Caller.Call.Heard, outcome.Talked);
        HeardSpeech($"{name}: was heard", agent.Heard, outcome.Talked);
    }

    private void CheckRecordings(DemoOutcome outcome, CallRecord record)
    {
        var (call, name) = (outcome.Call, outcome.Call.Name);
        var isRecorded = call.Talks && call.Queue is { } queue && _options.Queues[queue].Record;
        Same($"{name}: recordings", isRecorded ? 1 : 0, record.Recordings.Count);
        foreach (var recording in record.Recordings)
            CheckRecording($"{name}: recording", recording, outcome.Talked + AfterTheAgent(record));
    }

    /// <summary>A recording follows the caller: what the flow says to them when the agent has hung up is on it as well.</summary>
    private static TimeSpan AfterTheAgent(CallRecord record) =>
        record.EndedAt - record.Legs[^1].LeftAt is { } alone && alone > TimeSpan.Zero ? alone : TimeSpan.Zero;

    private void CheckRecording(string what, RecordingRecord recording, TimeSpan recorded)
    {
        Same($"{what}'s fault", "none", recording.Fault ?? "none");
        var path = Path.Combine(_options.Recording.Folder, recording.File);
        if (!File.Exists(path) || !WavReader.TryRead(File.ReadAllBytes(path), out var audio, out _))
        {
            Check(what, "a WAV file", "none", false);
            return;
        }
        Near($"{what}'s length", recorded, audio.Duration);
        Same($"{what}'s channels", 2, audio.Channels);
        for (var channel = 0; channel < audio.Channels; channel++)
            Heard($"{what}, {(channel == 0 ? "caller" : "agent")}", LevelOf(audio, channel));
    }

    private static CallerEnding EndingOf(DemoCall call) => call switch
    {
        { Abandons: true } => CallerEnding.GaveUp,
        { Talk: null } => CallerEnding.HungUpByFarEnd,
        _ => CallerEnding.HungUpByCaller,
    };

    private void HeardSpeech(string what, HeardAudio heard, TimeSpan talked)
    {
        Heard(what, heard.Level);
        var packets = (long)((talked - Tolerance) / Packet);
        Check($"{what}, packets", $"at least {packets}", $"{heard.Packets}", heard.Packets >= packets);
        Check($"{what}, longest gap", $"under {Seconds(LongestGap)}", Seconds(heard.LongestGap), heard.LongestGap < LongestGap);
    }

    private void Heard(string what, double levelDb) => Check(
        what, string.Create(CultureInfo.InvariantCulture, $"over {SpeechDb} dB"), string.Create(CultureInfo.InvariantCulture, $"{levelDb:0} dB"), levelDb > SpeechDb);

    private void Near(string what, TimeSpan expected, TimeSpan seen) => Within(what, expected - Tolerance, expected + Tolerance, seen);

    private void Within(string what, TimeSpan least, TimeSpan most, TimeSpan? seen) =>
        Check(what, $"{Seconds(least)} to {Seconds(most)}", Seconds(seen), seen >= least && seen <= most);

    private void Same(string what, long expected, long seen) => Check(what, $"{expected}", $"{seen}", expected == seen);

    private void Same<T>(string what, T expected, T seen) =>
        Check(what, $"{expected}", $"{seen}", EqualityComparer<T>.Default.Equals(expected, seen));

    private void Check(string what, string expected, string seen, bool isOk) => _all.Add(new(what, expected, seen, isOk));

    private static double LevelOf(WavAudio audio, int channel)
    {
        var samples = new short[audio.Length];
        audio.ReadChannel(channel, 0, samples);
        var power = samples.Length == 0 ? 0 : samples.Average(sample => Math.Pow(sample / (double)short.MaxValue, 2));
        return 10 * Math.Log10(2 * power); // 0 dB is a full-scale sine
    }

    internal static string Percent(double? share) => share is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    internal static string Seconds(TimeSpan? span) => span is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"{span.Value.TotalSeconds:0.0} s");
}

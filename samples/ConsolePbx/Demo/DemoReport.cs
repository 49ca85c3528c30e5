using CallCenterKit.Records;

namespace ConsolePbx.Demo;

/// <summary>What the demo prints at its end: plain text, wherever it goes.</summary>
internal sealed class DemoReport(TextWriter output)
{
    public void Write(DemoResult result, DemoScript script, IReadOnlyList<DemoCheck> checks, string recordingFolder)
    {
        WriteFigures(result, DemoChecks.Seconds(script.Threshold));
        WriteRecordings(result.Records, recordingFolder);
        WriteChecks(checks);
    }

    private void WriteFigures(DemoResult result, string threshold)
    {
        var figures = result.Figures;
        output.WriteLine();
        output.WriteLine($"calls {result.Records.Count}, answered {figures.Answered}, abandoned {figures.Abandoned}");
        output.WriteLine($"service level F4 {DemoChecks.Percent(figures.ServiceLevelF4)} (answered within {threshold} / answered + abandoned after {threshold})");
        output.WriteLine($"average speed of answer (ASA) {DemoChecks.Seconds(figures.AverageSpeedOfAnswer)}");
    }

    private void WriteRecordings(IEnumerable<CallRecord> records, string folder)
    {
        output.WriteLine();
        output.WriteLine("recordings");
        foreach (var recording in records.SelectMany(record => record.Recordings).OrderBy(recording => recording.StartedAt))
        {
            var path = Path.Combine(".", folder, recording.File);
            output.WriteLine($"  {(recording.Length is { } length ? DemoChecks.Seconds(length) : "open"),8}  {path}{(recording.Fault is null ? "" : $"  {recording.Fault}")}");
        }
    }

    private void WriteChecks(IReadOnlyList<DemoCheck> checks)
    {
        output.WriteLine();
        foreach (var check in checks)
        {
            var seen = check.IsOk ? check.Seen : $"{check.Seen}, expected {check.Expected}";
            output.WriteLine($"  {(check.IsOk ? "ok" : "FAILED"),-6}  {check.What}: {seen}");
        }
        var failed = checks.Count(check => !check.IsOk);
        output.WriteLine();
        output.WriteLine(failed == 0 ? $"All {checks.Count} as configured." : $"FAILED: {failed} of {checks.Count} are not as configured.");
    }
}

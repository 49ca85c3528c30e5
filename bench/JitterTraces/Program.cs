using System.Globalization;
using JitterTraces;

// The adaptive jitter buffer against a fixed one of 60 ms. Arguments: minutes per trace (5), seed (1).
var length = TimeSpan.FromMinutes(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5);
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
JitterTrace[] traces =
[
    JitterTrace.OfCalm(seed, length),
    JitterTrace.OfSpikes(seed, length),
    JitterTrace.OfLoss(seed, length, drift: 1e-4),
    JitterTrace.OfLoss(seed, length, drift: -1e-4),
];

Say($"{length.TotalMinutes} minutes each, seed {seed}; the adaptive buffer by where frames fall between packets, least to most");
Say($"| trace | fixed: delay | concealed | adaptive: delay | concealed | repeated or left out |");
Say($"| --- | --- | --- | --- | --- | --- |");
foreach (var trace in traces)
{
    var plain = FixedBuffer.Run(trace, TimeSpan.FromMilliseconds(60));
    var runs = Enumerable.Range(0, 8).Select(i => AdaptiveBuffer.Run(trace, TimeSpan.FromMilliseconds(2.5 * i))).ToList();
    var (quick, slow) = (runs.Min(run => run.Delay), runs.Max(run => run.Delay));
    Say($"| {trace.Name} | {plain.Delay.TotalMilliseconds:0.0} ms | {plain.Concealed:0.000 %} | {quick.TotalMilliseconds:0.0} to {slow.TotalMilliseconds:0.0} ms | {runs.Min(run => run.Concealed):0.000 %} to {runs.Max(run => run.Concealed):0.000 %} | {runs.Max(run => run.Changed):0.0 %} |");
}

static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

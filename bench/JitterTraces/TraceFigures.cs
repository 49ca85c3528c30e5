namespace JitterTraces;

/// <summary>What came of a trace.</summary>
/// <param name="Delay">Mean time by which what is heard is behind the fastest packet.</param>
/// <param name="Concealed">Share of what was heard that was made up though its packet was not lost, 0 to 1.</param>
/// <param name="Changed">Share of what was heard that was repeated or left out to change the delay, 0 to 1.</param>
internal readonly record struct TraceFigures(TimeSpan Delay, double Concealed, double Changed = 0);

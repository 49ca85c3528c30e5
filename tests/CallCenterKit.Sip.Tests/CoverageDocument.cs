using CallCenterKit.Shared;

namespace CallCenterKit.Sip.Tests;

/// <summary>docs/rfc-coverage.md, whose tables are compared with what is tested.</summary>
internal static class CoverageDocument
{
    /// <summary>The rows of the table below a heading, without the two of its head.</summary>
    public static string RowsBelow(string heading)
    {
        var lines = File.ReadAllLines(Repository.PathOf("docs/rfc-coverage.md"));
        var rows = lines.SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(1)
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        return string.Join('\n', rows.Skip(2));
    }
}

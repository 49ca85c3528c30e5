using System.Reflection;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>No arrow of the figures is without its test, and the document lists them all.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string> Figures => ["5", "6", "7", "8"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void Every_arrow_has_one_test_and_every_test_one_arrow(string figure)
    {
        var (arrows, tests) = Of(figure);

        Assert.All(arrows, arrow => Assert.Single(tests, test => test.StartsWith(arrow.TestPrefix, StringComparison.Ordinal)));
        Assert.All(tests, test => Assert.Single(arrows, arrow => test.StartsWith(arrow.TestPrefix, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Table_of_the_document_is_what_is_tested(string figure)
    {
        var (arrows, tests) = Of(figure);
        var rows = arrows.Select(arrow => arrow.ToRow(tests.Single(test => test.StartsWith(arrow.TestPrefix, StringComparison.Ordinal))));

        Assert.Equal(string.Join('\n', rows), CoverageDocument.RowsBelow($"### Figure {figure}"));
    }

    private static (IReadOnlyList<Arrow> Arrows, List<string> Tests) Of(string figure) => figure switch
    {
        "5" => (Arrows.InviteClient, TestsOf(typeof(InviteClientArrowTests))),
        "6" => (Arrows.NonInviteClient, TestsOf(typeof(NonInviteClientArrowTests))),
        "7" => (Arrows.InviteServer, TestsOf(typeof(InviteServerArrowTests))),
        _ => (Arrows.NonInviteServer, TestsOf(typeof(NonInviteServerArrowTests))),
    };

    private static List<string> TestsOf(Type type) =>
        [.. type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => method.Name)];
}

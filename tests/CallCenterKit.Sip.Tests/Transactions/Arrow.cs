namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>An arrow of figures 5 to 8 of RFC 3261, the INVITE ones as RFC 6026 draws them anew: a row of docs/rfc-coverage.md.</summary>
/// <param name="From">The state it begins at.</param>
/// <param name="On">What happens.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Done">What is sent, and what the user of the transaction is told.</param>
internal sealed record Arrow(string From, string On, string To, string Done)
{
    /// <summary>What the name of its test begins with.</summary>
    public string TestPrefix => $"{From}_{On}_".Replace(' ', '_');

    public string ToRow(string test) => $"| {From} | {On} | {To} | {Done} | `{test}` |";
}

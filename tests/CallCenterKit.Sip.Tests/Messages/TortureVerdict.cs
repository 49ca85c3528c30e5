namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>What becomes of one message of a torture document: a row of docs/rfc-coverage.md.</summary>
/// <param name="Name">Of the message in its document.</param>
/// <param name="Section">Where it stands there.</param>
/// <param name="Asked">What the document asks of a server.</param>
/// <param name="Answer">What the driver does, as <see cref="TortureVerdictTests"/> finds it.</param>
/// <param name="Why">The reason, where the document leaves a choice or the answer needs one.</param>
internal sealed record TortureVerdict(string Name, string Section, string Asked, string Answer, string Why)
{
    public string ToRow() => $"| `{Name}` | {Section} | {Asked} | {Answer} | {Why} |";
}

using System.Text;

namespace CallCenterKit.Tests.Architecture;

public class LogEventsDocumentTests
{
    private const string Heading = """
        # Log events

        A category is the full name of the type that logs, so `CallCenterKit.Sip` as a filter covers all of SIP. Ids never change their meaning. Phone numbers and digits appear at Debug only, secrets never.

        """;

    /// <summary>The document is written from the assemblies, with UPDATE_PUBLIC_API=1, and is never behind them.</summary>
    [Fact]
    public void Every_log_event_is_documented()
    {
        var file = Path.Combine(Repository.Root, "docs", "log-events.md");
        var document = Render();
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
            File.WriteAllText(file, document);

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), document);
    }

    private static string Render()
    {
        var text = new StringBuilder(Heading.ReplaceLineEndings("\n"));
        foreach (var package in Repository.Packages)
        {
            var messages = LogMessage.In(package).OrderBy(message => message.Id).ToList();
            if (messages.Count == 0)
                continue;
            text.Append("\n## ").Append(package).Append("\n\n| id | level | message | from |\n| --- | --- | --- | --- |\n");
            foreach (var message in messages)
                text.Append("| ").AppendJoin(" | ", message.Id, message.Level, message.Text.Replace("|", "\\|", StringComparison.Ordinal), message.Type).Append(" |\n");
        }

        return text.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace CallCenterKit.Ivr.Documents;

/// <summary>Draws a document as a Mermaid flowchart.</summary>
internal static class MermaidDrawing
{
    public static string Draw(IvrDocument document)
    {
        var ids = document.Nodes.Select((node, index) => (node.Name, Id: $"n{index.ToString(CultureInfo.InvariantCulture)}"))
            .ToDictionary(node => node.Name, node => node.Id);
        var drawing = new StringBuilder("flowchart TD\n");
        Line(drawing, $"call(({Text("call")})) --> {ids[document.Start]}");
        foreach (var node in document.Nodes)
            Line(drawing, $"{ids[node.Name]}[{Text(node.Name, [.. node.Steps.Select(Describe)])}]");
        foreach (var node in document.Nodes)
        {
            foreach (var exit in node.Steps.SelectMany(step => step.Exits()))
                Line(drawing, $"{ids[node.Name]} -->{(exit.On.Length == 0 ? "" : $"|{Text(exit.On)}|")} {ids[exit.Node]}");
        }

        return drawing.ToString();
    }

    private static void Line(StringBuilder drawing, string line) => drawing.Append("    ").Append(line).Append('\n');

    private static string Describe(IvrStep step) => step switch
    {
        IvrStep.Play play => $"play {play.Prompt}",
        IvrStep.Menu menu => $"menu {menu.Prompt}",
        IvrStep.Collect collect => $"collect {collect.Variable}: {collect.Prompt}",
        IvrStep.Consent consent => $"recording consent {consent.Prompt}",
        IvrStep.Set set => $"set {set.Variable} to {set.Value}",
        IvrStep.When choice => $"when {choice.Variable}",
        IvrStep.Queue queue => $"queue {queue.Name}",
        IvrStep.GoTo goTo => $"go to {goTo.Node}",
        IvrStep.GoToFlow flow => $"go to flow {flow.Flow}",
        _ => step.Verb(),
    };

    private static string Text(string title, params ReadOnlySpan<string> lines)
    {
        var text = new StringBuilder("\"").Append(lines.Length == 0 ? Escape(title) : $"<b>{Escape(title)}</b>");
        foreach (var line in lines)
            text.Append("<br/>").Append(Escape(line));
        return text.Append('"').ToString();
    }

    // Mermaid reads entities inside quotes, but only as #name; (mermaid.js.org, "Entity codes to escape characters").
    private static string Escape(string text) => text
        .ReplaceLineEndings(" ")
        .Replace("#", "#35;", StringComparison.Ordinal)
        .Replace("&", "#amp;", StringComparison.Ordinal)
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal);
}

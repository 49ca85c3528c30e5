using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace CallCenterKit.Ivr.Documents;

/// <summary>Documents as a person reads them: names of nodes and prompts in the letters they were written in.</summary>
internal static class IvrJson
{
    public static JsonTypeInfo<IvrDocument> Document { get; } = new IvrJsonContext(
        new JsonSerializerOptions(IvrJsonContext.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }).IvrDocument;
}

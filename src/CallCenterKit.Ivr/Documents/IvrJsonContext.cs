using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenterKit.Ivr.Documents;

/// <summary>How documents are written: people edit them, so a property nobody knows or that stands there twice is an error.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IvrDocument))]
internal sealed partial class IvrJsonContext : JsonSerializerContext;

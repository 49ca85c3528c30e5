using System.Buffers;
using System.Text.Json;
using CallCenterKit.Journal;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Where one thing after the other is written as JSON. Writer thread only.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _writer;

    public JsonBuffer() => _writer = new(_bytes, new() { SkipValidation = true });

    /// <summary>What was written last; UTF-8, until the next.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public ReadOnlySpan<byte> Write<T>(T value)
    {
        Begin();
        JsonSerializer.Serialize(_writer, value, EventCatalog.JsonOptions);
        _writer.Flush();
        return Written;
    }

    public void Write(CenterEvent happened)
    {
        Begin();
        EventCatalog.Write(happened, _writer);
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void Begin()
    {
        _bytes.ResetWrittenCount();
        _writer.Reset();
    }
}

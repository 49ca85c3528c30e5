using System.Text.Json;
using CallCenterKit.Journal;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Voicemail;

/// <summary>Keeps messages as small JSON files beside their sound: FOLDER/MAILBOX/ID.json.</summary>
/// <remarks>A file is there as a whole or not at all. One that cannot be read is said and left alone; the others are listed.</remarks>
public sealed partial class FolderVoicemailStore : IVoicemailStore
{
    private readonly string _folder;
    private readonly ILogger _logger;

    /// <summary>Messages below that folder.</summary>
    /// <param name="folder">Absolute, or relative to the current directory; made when it is missing.</param>
    /// <param name="logger">Told of files that cannot be read.</param>
    public FolderVoicemailStore(string folder, ILogger<FolderVoicemailStore> logger)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(logger);
        (_folder, _logger) = (Path.GetFullPath(folder), logger);
    }

    /// <inheritdoc />
    public async ValueTask SaveAsync(VoicemailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var path = PathOf(message.Mailbox, message.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        await File.WriteAllBytesAsync(part, JsonSerializer.SerializeToUtf8Bytes(message, EventCatalog.JsonOptions), cancellationToken).ConfigureAwait(false);
        File.Move(part, path, overwrite: true);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<VoicemailMessage>> ListAsync(MailboxId mailbox, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, mailbox.Text));
        if (!folder.Exists)
            return [];
        var messages = new List<VoicemailMessage>();
        foreach (var file in folder.EnumerateFiles("*.json"))
        {
            if (await ReadAsync(file.FullName, cancellationToken).ConfigureAwait(false) is { } message)
                messages.Add(message);
        }

        return [.. messages.OrderBy(message => message.At).ThenBy(message => message.Id.Value)];
    }

    /// <inheritdoc />
    public ValueTask<bool> DeleteAsync(MailboxId mailbox, RecordingId message, CancellationToken cancellationToken)
    {
        var path = PathOf(mailbox, message);
        var exists = File.Exists(path);
        File.Delete(path);
        return new(exists);
    }

    private string PathOf(MailboxId mailbox, RecordingId message) => Path.Combine(_folder, mailbox.Text, $"{message}.json");

    private async ValueTask<VoicemailMessage?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var json = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<VoicemailMessage>(json, EventCatalog.JsonOptions);
        }
        catch (FileNotFoundException)
        {
            return null; // deleted in this moment
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(_logger, fault, path);
            return null;
        }
    }

    [LoggerMessage(7504, LogLevel.Error, "The message in '{Path}' cannot be read; it is left alone and not listed.")]
    private static partial void LogUnreadable(ILogger logger, Exception fault, string path);
}

using CallCenterKit.Recordings;

namespace CallCenterKit.Voicemail;

/// <summary>A message as a file that can be played: that of the recording folder, or a copy of what the host has moved elsewhere, which goes with this.</summary>
internal sealed class MessageSound : IDisposable
{
    private readonly DirectoryInfo? _copy;

    private MessageSound(string path, DirectoryInfo? copy) => (Path, _copy) = (path, copy);

    /// <summary>A WAV file.</summary>
    public string Path { get; }

    /// <summary>Null when the message was erased, or its file is missing.</summary>
    /// <param name="path">Where its file is unless the host has moved it.</param>
    /// <param name="message">Which.</param>
    /// <param name="archive">Knows where it is else.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no WAV file.</exception>
    public static async Task<MessageSound?> OpenAsync(string path, RecordingId message, RecordingArchive archive, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return new(path, null);
        if (await archive.OpenAsync(message, cancellationToken: cancellationToken).ConfigureAwait(false) is not { } sound)
            return null;
        await using (sound.ConfigureAwait(false))
            return await CopyAsync(sound, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _copy?.Delete(recursive: true);

    /// <summary>In a folder that nobody else may read.</summary>
    private static async Task<MessageSound> CopyAsync(Stream sound, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("callcenterkit-message-");
        var copy = new MessageSound(System.IO.Path.Combine(folder.FullName, "message.wav"), folder);
        try
        {
            var file = File.Create(copy.Path);
            await using (file.ConfigureAwait(false))
                await sound.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}

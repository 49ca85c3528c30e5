using CallCenterKit.Media.Wav;

namespace CallCenterKit.Recordings;

/// <summary>What a file of audio holds, by its own header.</summary>
/// <param name="Length">How much audio; zero when it is not of a kind that is known.</param>
/// <param name="Bytes">The size of the file.</param>
internal sealed record AudioFile(TimeSpan Length, long Bytes)
{
    /// <summary>Reads the header; null when there is no such file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async ValueTask<AudioFile?> MeasureAsync(IRecordingFiles files, string file, CancellationToken cancellationToken)
    {
        var stream = await files.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        if (stream is null)
            return null;
        await using (stream.ConfigureAwait(false))
        {
            var bytes = stream.Length;
            var whole = await WavStretchStream.OpenAsync(stream, TimeSpan.Zero, length: null, cancellationToken).ConfigureAwait(false);
            return new(whole?.Duration ?? TimeSpan.Zero, bytes);
        }
    }
}

namespace CallCenterKit.Playlists;

/// <summary>The playlist of a queue where else a file is named.</summary>
/// <param name="Playlist">Its name, without '/'.</param>
/// <param name="Queue">Where it is heard.</param>
internal readonly record struct PlaylistMusic(string Playlist, QueueId Queue)
{
    private const string Prefix = "playlist:"; // a file is named by its full path, which does not begin so

    /// <summary>The text that <see cref="Parse"/> reads; callers go on where they were under it.</summary>
    public override string ToString() => $"{Prefix}{Playlist}/{Queue}";

    /// <summary>Null when it is a file.</summary>
    public static PlaylistMusic? Parse(string music) => music.StartsWith(Prefix, StringComparison.Ordinal) && music[Prefix.Length..].Split('/', 2) is [var name, var queue]
        ? new(name, new(queue))
        : null;
}

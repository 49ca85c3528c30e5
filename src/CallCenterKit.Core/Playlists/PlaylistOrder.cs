namespace CallCenterKit.Playlists;

/// <summary>Draws what one caller hears, in order. No clock, no chance but the seed: the same seed, the same order.</summary>
public static class PlaylistOrder
{
    /// <summary>Draws an order that is played from its beginning and, at its end, again.</summary>
    /// <param name="playlist">From what.</param>
    /// <param name="time">The time of day where the playlist is, when the caller comes: what is not on then is left out.</param>
    /// <param name="seed">Of the caller.</param>
    /// <param name="length">How many pieces, from 1.</param>
    /// <returns>
    /// Music by weight, no piece twice running while there is another, also not the last and the first; after every
    /// <see cref="Playlist.MusicBetween"/> pieces of it one advert or tip. Empty when no music is on.
    /// </returns>
    public static IReadOnlyList<PlaylistItem> Draw(Playlist playlist, TimeOnly time, ulong seed, int length)
    {
        ArgumentNullException.ThrowIfNull(playlist);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var music = playlist.Items.Where(item => item.Kind == PlaylistItemKind.Music && item.IsOn(time)).ToList();
        var between = playlist.Items.Where(item => item.Kind != PlaylistItemKind.Music && item.IsOn(time)).ToList();
        var order = new List<PlaylistItem>();
        if (music.Count == 0)
            return order;
        var draw = seed;
        PlaylistItem? lastMusic = null, lastBetween = null;
        for (var run = 0; order.Count < length;)
        {
            if (run == playlist.MusicBetween && between.Count > 0)
            {
                order.Add(lastBetween = Pick(between, [lastBetween], ref draw));
                run = 0;
                continue;
            }

            var isLast = order.Count == length - 1;
            order.Add(lastMusic = Pick(music, [lastMusic, isLast ? order.FirstOrDefault() : null], ref draw));
            run++;
        }

        return order;
    }

    /// <summary>One by weight, none of those to be left out while there is another.</summary>
    private static PlaylistItem Pick(List<PlaylistItem> items, PlaylistItem?[] except, ref ulong draw)
    {
        var allowed = items.Where(item => !except.Contains(item)).ToList();
        if (allowed.Count == 0)
            allowed = items;
        var at = (long)(Next(ref draw) % (ulong)allowed.Sum(item => (long)item.Weight));
        foreach (var item in allowed)
        {
            at -= item.Weight;
            if (at < 0)
                return item;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    // SplitMix64.
    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}

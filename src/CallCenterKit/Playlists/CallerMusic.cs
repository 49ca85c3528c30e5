using System.Buffers.Binary;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Voice;

namespace CallCenterKit.Playlists;

/// <summary>What one caller hears while waiting. Drawn once for each playlist, so that music goes on where it was.</summary>
/// <remarks>Called by one mailbox.</remarks>
internal sealed class CallerMusic(CenterServices center, InteractionId interaction, Func<string?> language)
{
    /// <summary>An hour of short pieces; then it begins again.</summary>
    private const int Pieces = 48;

    private readonly Dictionary<PlaylistMusic, PlayRequest?> _drawn = [];

    /// <summary>What is to be played; null when nothing is on now.</summary>
    /// <param name="music">A file, or the playlist of a queue.</param>
    public PlayRequest? Of(string music)
    {
        if (PlaylistMusic.Parse(music) is not { } playlist)
            return PlayRequest.Music(music);
        if (!_drawn.TryGetValue(playlist, out var drawn))
            _drawn[playlist] = drawn = Draw(playlist);
        return drawn;
    }

    private PlayRequest? Draw(PlaylistMusic music)
    {
        if (!center.Setup.Playlists.TryGetValue(music.Playlist, out var playlist))
            return null; // it was removed while the caller waits
        var now = TimeZoneInfo.ConvertTime(center.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(playlist.TimeZone));
        var order = PlaylistOrder.Draw(playlist, TimeOnly.FromDateTime(now.DateTime), Seed, Pieces);
        var tip = new Lazy<IReadOnlyList<PlaySource>>(() => TipFor(music.Queue));
        List<PlaySource> sources = [.. order.SelectMany(item => item.Kind == PlaylistItemKind.Tip ? tip.Value : [new PlaySource.File(item.Path)])];
        return sources.Count == 0 ? null : new(sources, Loop: true, ResumeKey: music.ToString());
    }

    private IReadOnlyList<PlaySource> TipFor(QueueId queue)
    {
        try
        {
            return center.Tips.TipFor(queue, language() ?? center.Language)?.ToRequest(center.Prompts)?.Sources ?? [];
        }
        catch (Exception fault)
        {
            PlaylistLog.TipFailed(center.Logger, fault, queue); // the host's code, or a recording that is missing; music goes on without it
            return [];
        }
    }

    private ulong Seed
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            interaction.Value.TryWriteBytes(bytes);
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        }
    }
}

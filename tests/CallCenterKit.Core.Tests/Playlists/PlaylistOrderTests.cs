using CallCenterKit.Calendars;

namespace CallCenterKit.Playlists;

public class PlaylistOrderTests
{
    private static readonly TimeOnly Noon = new(12, 0);
    private static readonly PlaylistItem A = new(PlaylistItemKind.Music, "a"), B = new(PlaylistItemKind.Music, "b"), C = new(PlaylistItemKind.Music, "c");
    private static readonly PlaylistItem Advert = new(PlaylistItemKind.Advert, "advert"), Tip = new(PlaylistItemKind.Tip, "");

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_one_another()
    {
        var playlist = new Playlist("day", [A, B, C, Advert]);

        Assert.Equal(PlaylistOrder.Draw(playlist, Noon, 7, 40), PlaylistOrder.Draw(playlist, Noon, 7, 40));
        Assert.NotEqual(PlaylistOrder.Draw(playlist, Noon, 7, 40), PlaylistOrder.Draw(playlist, Noon, 8, 40));
    }

    [Fact]
    public void No_piece_comes_twice_running_also_not_where_it_begins_again()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            var order = PlaylistOrder.Draw(new("day", [A, B with { Weight = 20 }, C]), Noon, seed, 12);
            for (var at = 0; at < order.Count; at++)
                Assert.NotEqual(order[at], order[(at + 1) % order.Count]);
        }
    }

    [Fact]
    public void One_piece_alone_is_heard_again_and_again() =>
        Assert.Equal([A, A, A], PlaylistOrder.Draw(new("day", [A]), Noon, 1, 3));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Adverts_and_tips_come_after_so_much_music(int between)
    {
        var order = PlaylistOrder.Draw(new("day", [A, B, Advert, Tip]) { MusicBetween = between }, Noon, 5, 80);

        for (var at = 0; at < order.Count; at++)
            Assert.Equal(at % (between + 1) == between, order[at].Kind != PlaylistItemKind.Music);
        var others = order.Where(item => item.Kind != PlaylistItemKind.Music).ToList();
        Assert.Equal([PlaylistItemKind.Advert, PlaylistItemKind.Tip], others.Select(item => item.Kind).Distinct().Order());
        Assert.All(others.Zip(others.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Weights_are_shares()
    {
        PlaylistItem[] items = [A, B with { Weight = 2 }, C with { Weight = 3 }, new(PlaylistItemKind.Music, "d") { Weight = 3 }, new(PlaylistItemKind.Music, "e") { Weight = 3 }];
        var firsts = Enumerable.Range(0, 12_000).Select(seed => PlaylistOrder.Draw(new("day", items), Noon, (ulong)seed, 1)[0]).CountBy(item => item.Path).ToDictionary();

        Assert.InRange(firsts["a"], 900, 1_100);
        Assert.InRange(firsts["b"], 1_850, 2_150);
        Assert.InRange(firsts["c"], 2_800, 3_200);
    }

    [Theory]
    [InlineData("05:59", "")]
    [InlineData("06:00", "a")]
    [InlineData("09:59", "a")]
    [InlineData("10:00", "")]
    [InlineData("22:00", "b")]
    [InlineData("23:59", "b")]
    [InlineData("01:59", "b")]
    [InlineData("02:00", "")]
    [InlineData("18:00", "c")]
    public void What_is_not_on_at_this_time_is_not_heard(string time, string heard)
    {
        var playlist = new Playlist("day",
        [
            A with { DayParts = [new(new(6, 0), new(10, 0))] },
            B with { DayParts = [new(new(22, 0), new(2, 0))] },
            C with { DayParts = [new(new(18, 0), new(19, 0)), new(new(20, 0), new(20, 30))] },
        ]);

        var order = PlaylistOrder.Draw(playlist, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), 1, 2);

        Assert.Equal(heard.Length == 0 ? [] : [heard, heard], order.Select(item => item.Path));
    }

    [Fact]
    public void A_part_until_midnight_ends_with_the_day()
    {
        var evening = A with { DayParts = [new DaySpan(new(20, 0), TimeOnly.MinValue)] };

        Assert.True(evening.IsOn(new(23, 59, 59)));
        Assert.False(evening.IsOn(TimeOnly.MinValue));
    }
}

using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using static CallCenterKit.Shared.Recordings.SampleRecordings;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Recordings;

/// <summary>What every store of recordings promises.</summary>
public abstract class RecordingStoreContract
{
    private static readonly ActorId By = new("agent:alice");

    /// <summary>An empty store.</summary>
    protected abstract IRecordingStore Store { get; }

    public static TheoryData<string> Conditions => [.. Queries.Keys];

    [Fact]
    public async Task An_empty_store_finds_nothing()
    {
        Assert.Null(await Store.FindAsync(Recording(1), default));
        var page = await Store.SearchAsync(new(), default);
        Assert.Empty(page.Recordings);
        Assert.Null(page.Next);
        Assert.Empty(await Store.ListDueAsync(new(Noon.AddYears(1)), 10, default));
    }

    [Fact]
    public async Task A_recording_comes_back_whole()
    {
        await Store.CommitAsync([Known(Full(1))], default);

        Assert.Equal(Json(Full(1)), Json(await Store.FindAsync(Recording(1), default)));
        Assert.Equal(Json(Full(1)), Json(Assert.Single((await Store.SearchAsync(new(), default)).Recordings)));
    }

    [Fact]
    public async Task What_people_have_added_outlives_what_events_say()
    {
        var (comment, hold) = (new RecordingComment(By, Noon, "well done"), new LegalHold(By, Noon, "case 7"));
        await Store.CommitAsync([Known(Ended(1) with { Length = null })], default);
        await Store.CommitAsync(
            [
                new RecordingChange.Starred(Recording(1), true), new RecordingChange.Commented(Recording(1), comment),
                new RecordingChange.Listed(Recording(1), "training", true), new RecordingChange.Held(Recording(1), hold),
            ],
            default);

        await Store.CommitAsync([Known(Full(1))], default);

        Assert.Equal(
            Json(Full(1) with { Starred = true, Lists = ["training"], Comments = [comment], Hold = hold }),
            Json(await Store.FindAsync(Recording(1), default)));
    }

    [Fact]
    public async Task What_was_added_can_be_taken_away()
    {
        await Store.CommitAsync(
            [
                Known(Full(1)),
                new RecordingChange.Starred(Recording(1), true), new RecordingChange.Starred(Recording(1), false),
                new RecordingChange.Listed(Recording(1), "training", true), new RecordingChange.Listed(Recording(1), "training", false),
                new RecordingChange.Held(Recording(1), new(By, Noon, "case 7")), new RecordingChange.Released(Recording(1)),
            ],
            default);

        Assert.Equal(Json(Full(1)), Json(await Store.FindAsync(Recording(1), default)));
        Assert.Empty((await Store.SearchAsync(new() { List = "training" }, default)).Recordings);
    }

    [Fact]
    public async Task A_change_made_twice_is_as_good_as_once()
    {
        RecordingChange[] changes =
        [
            Known(Full(1)), new RecordingChange.Starred(Recording(1), true), new RecordingChange.Listed(Recording(1), "training", true),
            new RecordingChange.Commented(Recording(1), new(By, Noon, "well done")), new RecordingChange.Held(Recording(1), new(By, Noon, "case 7")),
        ];
        await Store.CommitAsync(changes, default);
        var once = Json(await Store.FindAsync(Recording(1), default));

        await Store.CommitAsync(changes, default);

        Assert.Equal(once, Json(await Store.FindAsync(Recording(1), default)));
        Assert.Single((await Store.SearchAsync(new() { List = "training" }, default)).Recordings);
    }

    [Fact]
    public async Task A_checksum_that_is_taken_later_stays_whatever_the_call_says()
    {
        var cutOff = Full(1) with { Fault = StoredRecordingFold.Interrupted, Sha256 = null };
        await Store.CommitAsync([Known(cutOff), new RecordingChange.Sealed(Recording(1), new('a', 64), cutOff.Bytes)], default);

        await Store.CommitAsync([Known(cutOff with { Disposition = "sold" })], default);

        Assert.Equal(Json(cutOff with { Disposition = "sold", Sha256 = new('a', 64) }), Json(await Store.FindAsync(Recording(1), default)));
    }

    [Fact]
    public async Task A_change_to_a_recording_that_is_not_known_is_passed_over()
    {
        await Store.CommitAsync([new RecordingChange.Starred(Recording(1), true), Known(Ended(2))], default);

        Assert.Null(await Store.FindAsync(Recording(1), default));
        Assert.NotNull(await Store.FindAsync(Recording(2), default));
    }

    [Fact]
    public async Task What_is_erased_loses_number_and_comments_and_gets_them_back_by_no_event()
    {
        var erasure = new RecordingErasure(By, Noon.AddDays(1), "asked for");
        await Store.CommitAsync([Known(Full(1)), new RecordingChange.Commented(Recording(1), new(By, Noon, "Ona was glad"))], default);

        await Store.CommitAsync([new RecordingChange.Erased(Recording(1), erasure)], default);
        await Store.CommitAsync([Known(Full(1))], default);

        Assert.Equal(Json(Full(1) with { Caller = "", Erased = erasure }), Json(await Store.FindAsync(Recording(1), default)));
        Assert.Empty((await Store.SearchAsync(new() { Caller = Number, WithErased = true }, default)).Recordings);
        Assert.Empty((await Store.SearchAsync(new() { Customer = Party(1) }, default)).Recordings);
        Assert.Single((await Store.SearchAsync(new() { Customer = Party(1), WithErased = true }, default)).Recordings);
    }

    [Fact]
    public async Task Who_heard_a_message_first_and_who_deleted_it_outlives_what_events_say()
    {
        var (first, later) = (new MessageMark(By, Noon), new MessageMark(new("agent:bob"), Noon.AddHours(1)));
        await Store.CommitAsync([Known(Full(1)), new RecordingChange.Heard(Recording(1), first), new RecordingChange.Deleted(Recording(1), later)], default);

        await Store.CommitAsync([new RecordingChange.Heard(Recording(1), later), Known(Full(1))], default);

        Assert.Equal(Json(Full(1) with { Heard = first, Deleted = later }), Json(await Store.FindAsync(Recording(1), default)));
    }

    [Fact]
    public async Task New_messages_are_told_from_those_that_were_heard()
    {
        await Store.CommitAsync([Known(Full(1)), Known(Full(2)), Known(Ended(3)), Known(Full(4) with { Mailbox = new("day") }), new RecordingChange.Heard(Recording(2), new(By, Noon))], default);

        Assert.Equal([Recording(4), Recording(1)], await SearchAsync(new() { Unheard = true }));
        Assert.Equal([Recording(1)], await SearchAsync(new() { Unheard = true, Mailbox = new("night") }));
        Assert.Equal([Recording(2), Recording(1)], await SearchAsync(new() { Mailbox = new("night") }));
        Assert.Empty(await SearchAsync(new() { Unheard = true, Kind = RecordingKind.Conversation }));
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task Each_condition_finds_what_meets_it_and_nothing_else(string name)
    {
        var (query, change) = Queries[name];
        await Store.CommitAsync(
            [
                Known(Ended(1)), Known(Ended(3)), Known(Full(2)),
                new RecordingChange.Starred(Recording(2), true), new RecordingChange.Listed(Recording(2), "training", true),
                new RecordingChange.Listed(Recording(2), "best", true), new RecordingChange.Held(Recording(2), new(By, Noon, "case 7")),
            ],
            default);

        Assert.Equal([Recording(2)], await SearchAsync(query));
        Assert.Empty(await SearchAsync(change));
    }

    [Fact]
    public async Task All_conditions_together_find_what_meets_all()
    {
        var all = Queries.Values.Select(pair => pair.Meets).Aggregate((one, other) => new()
        {
            Caller = one.Caller ?? other.Caller,
            Dialled = one.Dialled ?? other.Dialled,
            Agent = one.Agent ?? other.Agent,
            Extension = one.Extension ?? other.Extension,
            Customer = one.Customer ?? other.Customer,
            Interaction = one.Interaction ?? other.Interaction,
            Queue = one.Queue ?? other.Queue,
            Disposition = one.Disposition ?? other.Disposition,
            From = one.From ?? other.From,
            To = one.To ?? other.To,
            Starred = one.Starred || other.Starred,
            Held = one.Held || other.Held,
            List = one.List ?? other.List,
            Kind = one.Kind ?? other.Kind,
            Mailbox = one.Mailbox ?? other.Mailbox,
            Unheard = one.Unheard || other.Unheard,
        });
        await Store.CommitAsync(
            [
                Known(Full(2)), new RecordingChange.Starred(Recording(2), true),
                new RecordingChange.Listed(Recording(2), "training", true), new RecordingChange.Held(Recording(2), new(By, Noon, "case 7")),
            ],
            default);

        Assert.Equal([Recording(2)], await SearchAsync(all));
        Assert.Empty(await SearchAsync(all with { Agent = new("carol") }));
    }

    [Fact]
    public async Task Pages_follow_one_another_newest_first_while_others_come()
    {
        await Store.CommitAsync([.. new[] { 3, 1, 5, 2, 4 }.Select(number => Known(Full(number)))], default);
        var query = new RecordingQuery { Agent = new("bob"), PageSize = 2 };

        var first = await Store.SearchAsync(query, default);
        await Store.CommitAsync([Known(Full(9))], default);
        var second = await Store.SearchAsync(query with { After = first.Next }, default);
        var third = await Store.SearchAsync(query with { After = second.Next }, default);

        Assert.Equal([Recording(5), Recording(4)], Ids(first.Recordings));
        Assert.Equal([Recording(3), Recording(2)], Ids(second.Recordings));
        Assert.Equal([Recording(1)], Ids(third.Recordings));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Those_that_began_in_the_same_moment_stand_on_one_page_each()
    {
        await Store.CommitAsync([.. Enumerable.Range(1, 3).Select(number => Known(Ended(number) with { StartedAt = Noon }))], default);

        var first = await Store.SearchAsync(new() { PageSize = 1 }, default);
        var second = await Store.SearchAsync(new() { PageSize = 1, After = first.Next }, default);
        var third = await Store.SearchAsync(new() { PageSize = 1, After = second.Next }, default);

        Assert.Equal([Recording(3), Recording(2), Recording(1)], Ids([.. first.Recordings, .. second.Recordings, .. third.Recordings]));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Due_are_the_oldest_that_nothing_keeps()
    {
        await Store.CommitAsync(
            [
                Known(Ended(1)), Known(Ended(2)), Known(Ended(3) with { Length = null }), Known(Ended(4)), Known(Ended(5)), Known(Ended(6)), Known(Ended(7) with { Length = null, Fault = "interrupted" }),
                new RecordingChange.Held(Recording(2), new(By, Noon, "case 7")), new RecordingChange.Erased(Recording(4), new(By, Noon, "retention")),
            ],
            default);
        var due = new DueRecordings(Noon.AddSeconds(6));

        Assert.Equal([Recording(1), Recording(5)], Ids(await Store.ListDueAsync(due, 10, default)));
        Assert.Equal([Recording(1)], Ids(await Store.ListDueAsync(due, 1, default)));
        Assert.Equal([Recording(5)], Ids(await Store.ListDueAsync(due with { After = RecordingMark.Of(Ended(1)) }, 10, default)));
        Assert.Equal([Recording(1), Recording(5), Recording(6), Recording(7)], Ids(await Store.ListDueAsync(due with { Before = Noon.AddDays(1) }, 10, default)));
    }

    [Fact]
    public async Task Due_are_told_apart_by_queue()
    {
        await Store.CommitAsync([Known(Ended(1) with { Queue = new("sales") }), Known(Ended(2) with { Queue = new("support") }), Known(Ended(3))], default);
        var due = new DueRecordings(Noon.AddDays(1));

        Assert.Equal([Recording(1)], Ids(await Store.ListDueAsync(due with { Queue = new("sales") }, 10, default)));
        Assert.Equal([Recording(2), Recording(3)], Ids(await Store.ListDueAsync(due with { Except = [new("sales"), new("help")] }, 10, default)));
    }

    [Fact]
    public async Task Due_are_told_apart_by_mailbox()
    {
        await Store.CommitAsync([Known(Full(1)), Known(Full(2) with { Mailbox = new("day") }), Known(Ended(3))], default);
        var due = new DueRecordings(Noon.AddDays(1));

        Assert.Equal([Recording(1)], Ids(await Store.ListDueAsync(due with { Mailbox = new("night") }, 10, default)));
        Assert.Equal([Recording(2), Recording(3)], Ids(await Store.ListDueAsync(due with { ExceptMailboxes = [new("night"), new("none")] }, 10, default)));
        Assert.Equal([Recording(2)], Ids(await Store.ListDueAsync(due with { Queue = new("support"), ExceptMailboxes = [new("night")] }, 10, default)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_size_out_of_range_is_refused(int size)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.SearchAsync(new() { PageSize = size }, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ListDueAsync(new(Noon), size, default));
    }

    /// <summary>What the second of three recordings meets alone, and what none meets.</summary>
    private static Dictionary<string, (RecordingQuery Meets, RecordingQuery Misses)> Queries { get; } = new(StringComparer.Ordinal)
    {
        ["caller"] = (new() { Caller = Number }, new() { Caller = "+3706000000" }),
        ["dialled"] = (new() { Dialled = "5000" }, new() { Dialled = "500" }),
        ["agent"] = (new() { Agent = new("bob") }, new() { Agent = new("carol") }),
        ["extension"] = (new() { Extension = new("102") }, new() { Extension = new("103") }),
        ["customer"] = (new() { Customer = Party(2) }, new() { Customer = Party(9) }),
        ["interaction"] = (new() { Interaction = Interaction(2) }, new() { Interaction = Interaction(9) }),
        ["queue"] = (new() { Queue = new("support") }, new() { Queue = new("sales") }),
        ["disposition"] = (new() { Disposition = "resolved" }, new() { Disposition = "sold" }),
        ["span"] = (new() { From = Noon.AddSeconds(2), To = Noon.AddSeconds(3) }, new() { From = Noon.AddSeconds(2).AddTicks(1), To = Noon.AddSeconds(3) }),
        ["star"] = (new() { Starred = true }, new() { Starred = true, To = Noon }),
        ["hold"] = (new() { Held = true }, new() { Held = true, From = Noon.AddDays(1) }),
        ["list"] = (new() { List = "training" }, new() { List = "worst" }),
        ["kind"] = (new() { Kind = RecordingKind.Voicemail }, new() { Kind = RecordingKind.Voicemail, Queue = new("sales") }),
        ["mailbox"] = (new() { Mailbox = new("night") }, new() { Mailbox = new("day") }),
        ["unheard"] = (new() { Unheard = true }, new() { Unheard = true, From = Noon.AddDays(1) }),
        ["list and agent"] = (new() { List = "best", Agent = new("alice") }, new() { List = "best", Agent = new("carol") }),
        ["queue and star"] = (new() { Queue = new("support"), Starred = true }, new() { Queue = new("sales"), Starred = true }),
    };

    private static string Json(StoredRecording? recording) => JsonSerializer.Serialize(recording, EventCatalog.JsonOptions);

    private static IEnumerable<RecordingId> Ids(IEnumerable<StoredRecording> recordings) => recordings.Select(recording => recording.Recording);

    private async Task<IEnumerable<RecordingId>> SearchAsync(RecordingQuery query) => Ids((await Store.SearchAsync(query, default)).Recordings);
}

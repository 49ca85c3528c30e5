using CallCenterKit.Recordings;
using CallCenterKit.Storage.Sqlite.Reading;
using Microsoft.Data.Sqlite;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Storage.Sqlite;

/// <summary>No search reads a whole table, and none sorts: every one goes along one index, in the order of the answers.</summary>
public sealed class RecordingSqlTests : IAsyncLifetime
{
    private static readonly Dictionary<string, (RecordingQuery Query, string Index)> Queries = new(StringComparer.Ordinal)
    {
        ["everything"] = (new(), "recording_by_start (center=?)"),
        ["a span"] = (new() { From = Noon, To = Noon.AddDays(1) }, "recording_by_start (center=? AND started_at_us>? AND started_at_us<?)"),
        ["the next page"] = (new() { After = new(Noon, Recording(1)) }, "recording_by_start (center=? AND (started_at_us,recording)<(?,?))"),
        ["a caller"] = (new() { Caller = "+37060000001" }, "recording_by_caller (center=? AND caller=?)"),
        ["a caller since"] = (new() { Caller = "+37060000001", From = Noon }, "recording_by_caller (center=? AND caller=? AND started_at_us>?)"),
        ["a number dialled"] = (new() { Dialled = "5000" }, "recording_by_dialled (center=? AND dialled=?)"),
        ["a customer"] = (new() { Customer = Party(1) }, "recording_by_party (center=? AND party=?)"),
        ["an interaction"] = (new() { Interaction = Interaction(1) }, "recording_by_interaction (center=? AND interaction=?)"),
        ["a queue in a span"] = (new() { Queue = new("support"), From = Noon, To = Noon.AddDays(1) }, "recording_by_queue (center=? AND queue=? AND started_at_us>? AND started_at_us<?)"),
        ["a disposition"] = (new() { Disposition = "resolved" }, "recording_by_disposition (center=? AND disposition=?)"),
        ["stars"] = (new() { Starred = true }, "recording_starred (center=?)"),
        ["holds"] = (new() { Held = true, From = Noon }, "recording_held (center=? AND started_at_us>?)"),
        ["a mailbox"] = (new() { Mailbox = new("night"), Kind = RecordingKind.Voicemail }, "recording_by_mailbox (center=? AND mailbox=?)"),
        ["new messages of a mailbox"] = (new() { Mailbox = new("night"), Unheard = true, From = Noon }, "recording_by_mailbox (center=? AND mailbox=? AND started_at_us>?)"),
        ["messages"] = (new() { Kind = RecordingKind.Voicemail }, "recording_voicemail (center=?)"),
        ["new messages"] = (new() { Unheard = true }, "recording_voicemail (center=?)"),
        ["an agent"] = (new() { Agent = new("alice") }, "PRIMARY KEY (center=? AND tag=? AND value=?)"),
        ["an agent in a span"] = (new() { Agent = new("alice"), From = Noon }, "PRIMARY KEY (center=? AND tag=? AND value=? AND started_at_us>?)"),
        ["a phone"] = (new() { Extension = new("101") }, "PRIMARY KEY (center=? AND tag=? AND value=?)"),
        ["a list"] = (new() { List = "training" }, "PRIMARY KEY (center=? AND tag=? AND value=?)"),
        ["a list and all else"] = (
            new() { List = "training", Agent = new("alice"), Extension = new("101"), Queue = new("support"), Disposition = "resolved", Starred = true, Held = true, Kind = RecordingKind.Voicemail },
            "PRIMARY KEY (center=? AND tag=? AND value=?)"),
        ["a caller and an agent"] = (new() { Caller = "+37060000001", Agent = new("alice"), Queue = new("support"), Starred = true }, "recording_by_caller (center=? AND caller=?)"),
        ["a customer's stars"] = (new() { Customer = Party(1), Starred = true, Held = true, WithErased = true }, "recording_by_party (center=? AND party=?)"),
    };

    private readonly StoreFolder _folder = new();

    public static TheoryData<string> Names => [.. Queries.Keys];

    public ValueTask InitializeAsync() => _folder.Store().OpenAsync(default);

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_search_reads_along_one_index(string name)
    {
        var (query, index) = Queries[name];

        var plan = Explain(RecordingSql.Of(query));

        Assert.Contains($"USING {(index.StartsWith("PRIMARY", StringComparison.Ordinal) ? "" : "INDEX ")}{index}", plan[0], StringComparison.Ordinal);
        Reads(plan);
    }

    [Fact]
    public void What_is_due_is_read_along_an_index_of_its_own()
    {
        var others = Explain(RecordingSql.Of(new DueRecordings(Noon) { Except = [new("sales")], ExceptMailboxes = [new("night")] }, 100));
        var rest = Explain(RecordingSql.Of(new DueRecordings(Noon) { After = new(Noon, Recording(1)) }, 100));
        var queue = Explain(RecordingSql.Of(new DueRecordings(Noon) { Queue = new("sales") }, 100));

        var mailbox = Explain(RecordingSql.Of(new DueRecordings(Noon) { Mailbox = new("night") }, 100));

        Assert.Contains("USING INDEX recording_to_erase_by_mailbox (center=? AND mailbox=? AND started_at_us<?)", mailbox[0], StringComparison.Ordinal);
        Reads(mailbox);
        Assert.Contains("USING INDEX recording_to_erase (center=? AND started_at_us<?)", others[0], StringComparison.Ordinal);
        Assert.Contains("USING INDEX recording_to_erase (center=? AND (started_at_us,recording)>(?,?)", rest[0], StringComparison.Ordinal);
        Assert.Contains("USING INDEX recording_to_erase_by_queue (center=? AND queue=? AND started_at_us<?)", queue[0], StringComparison.Ordinal);
        Reads([.. others.Where(step => !step.Contains("json_each", StringComparison.Ordinal))]); // the few queues that are left out
        Reads(rest);
        Reads(queue);
    }

    private static void Reads(List<string> plan) => Assert.All(plan, step =>
    {
        Assert.DoesNotContain("SCAN", step, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", step, StringComparison.Ordinal);
    });

    private List<string> Explain(RecordingSql sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File()};Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // The text is the one that is tested.
        using var command = new SqliteCommand($"EXPLAIN QUERY PLAN {sql.Text}", connection);
#pragma warning restore CA2100
        command.Parameters.Add(new SqliteParameter("$1", "main"));
        for (var i = 0; i < sql.Values.Length; i++)
            command.Parameters.Add(new SqliteParameter($"${i + 2}", sql.Values[i]));
        using var rows = command.ExecuteReader();
        List<string> plan = [];
        while (rows.Read())
            plan.Add(rows.GetString(3));
        return plan;
    }
}

using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Recordings;

public class RecordingProjectionTests
{
    private static readonly ActorId By = new("agent:alice");

    private readonly InMemoryCallRecordStore _records = new();
    private readonly CountingStore _recordings = new();
    private readonly List<JournalEntry> _journal = [];
    private CallRecordProjection? _projection;

    [Fact]
    public async Task A_recording_is_known_by_what_its_call_was()
    {
        await TellAsync(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "trunk:main", "5000"),
            new PartyIdentified(Party(1), Interaction(1), "0600 00001", "Ona"),
            new ConversationJoined(Interaction(1), Call(2), new("alice"), new("101"), new("support")),
            new RecordingStarted(Interaction(1), Recording(1), "a.wav"));

        var recording = await FindAsync(1);

        Assert.True(recording.IsRunning);
        Assert.Equal((Interaction(1), Party(1), "a.wav"), (recording.Interaction, recording.Customer, recording.File));
        Assert.Equal(("0600 00001", "5000"), (recording.Caller, recording.Dialled));
        Assert.Equal([new AgentId("alice")], recording.Agents);
        Assert.Equal([new EndpointId("101")], recording.Extensions);
    }

    [Fact]
    public async Task Of_a_call_we_made_the_customer_was_dialled()
    {
        await TellAsync(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Outbound, "alice", "5000"),
            new PartyIdentified(Party(1), Interaction(1), "+37060000001", null),
            new RecordingStarted(Interaction(1), Recording(1), "a.wav"));

        var recording = await FindAsync(1);

        Assert.Equal(("5000", "+37060000001"), (recording.Caller, recording.Dialled));
    }

    [Fact]
    public async Task Numbers_are_written_in_one_way()
    {
        var records = new CallRecordProjection(_records, new(_recordings, number => number.Replace(" ", "", StringComparison.Ordinal)));
        _journal.AddRange(Entries(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "trunk:main", "5000"),
            new PartyIdentified(Party(1), Interaction(1), "+370 600 00001", null),
            new RecordingStarted(Interaction(1), Recording(1), "a.wav")));
        _journal.ForEach(records.Apply);
        await records.CommitAsync(default);

        Assert.Equal("+37060000001", (await FindAsync(1)).Caller);
    }

    [Fact]
    public async Task An_event_that_says_nothing_new_about_it_writes_nothing()
    {
        var projection = new CallRecordProjection(_records, new(_recordings));
        foreach (var entry in Entries(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "trunk:main", "5000"),
            new RecordingStarted(Interaction(1), Recording(1), "a.wav"),
            new ConversationHeld(Interaction(1), Call(1)),
            new ConversationResumed(Interaction(1), Call(1))))
        {
            projection.Apply(entry);
            await projection.CommitAsync(default);
        }

        Assert.Equal(1, _recordings.Commits);
    }

    [Fact]
    public async Task What_was_done_to_a_kept_recording_is_known_after_a_restart_from_nothing()
    {
        await TellAsync(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "trunk:main", "5000"),
            new PartyIdentified(Party(1), Interaction(1), "+37060000001", null),
            new RecordingStarted(Interaction(1), Recording(1), "a.wav"),
            new RecordingEnded(Interaction(1), Recording(1), TimeSpan.FromSeconds(4), 0, null),
            new InteractionEnded(Interaction(1), HangUpCause.Normal, CallEndedBy.Party));
        await TellAsync(new LegalHoldPlaced(Interaction(1), Recording(1), By, "case 7"));
        Assert.Equal("case 7", (await FindAsync(1)).Hold?.Why);
        await TellAsync(new LegalHoldReleased(Interaction(1), Recording(1), By), new RecordingErased(Interaction(1), Recording(1), By, "asked for"));
        var live = await FindAsync(1);

        var (records, recordings) = (new InMemoryCallRecordStore(), new InMemoryRecordingStore());
        var replayed = new CallRecordProjection(records, new(recordings));
        _journal.ForEach(replayed.Apply);
        await replayed.CommitAsync(default);

        Assert.Equal((null, "asked for", ""), (live.Hold, live.Erased?.Why, live.Caller));
        Assert.Equal(_journal[^1].At, live.Erased?.At);
        Assert.Equal(live, await recordings.FindAsync(Recording(1), default) is { } again ? again with { Agents = live.Agents, Extensions = live.Extensions } : null);
    }

    [Fact]
    public async Task A_file_that_was_found_is_a_recording_that_was_cut_off()
    {
        await TellAsync(new RecordingFound(Interaction(1), Recording(1), "a.wav", Noon, TimeSpan.FromSeconds(3), 96_044) { Party = Party(1), Queue = new("support") });

        var recording = await FindAsync(1);

        Assert.False(recording.IsRunning);
        Assert.Equal(("interrupted", TimeSpan.FromSeconds(3), 96_044), (recording.Fault, recording.Length, recording.Bytes));
        Assert.Equal((Party(1), new QueueId("support")), (recording.Customer, recording.Queue));
    }

    [Fact]
    public async Task A_message_is_a_recording_with_its_mailbox_and_with_who_heard_and_deleted_it()
    {
        var mailbox = new MailboxId("sales");
        await TellAsync(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "trunk:main", "5000"),
            new PartyIdentified(Party(1), Interaction(1), "0600 00001", "Ona"),
            new VoicemailStarted(Interaction(1), mailbox, Recording(1), Party(1), "a.wav"),
            new VoicemailLeft(Interaction(1), mailbox, Recording(1), Party(1), TimeSpan.FromSeconds(3), "a.wav") { Bytes = 48_044, Sha256 = "ab" });
        var left = await FindAsync(1);
        Assert.Equal((RecordingKind.Voicemail, mailbox, "0600 00001", 48_044, "ab"), (left.Kind, left.Mailbox, left.Caller, left.Bytes, left.Sha256));

        await TellAsync(new VoicemailHeard(mailbox, Recording(1), By), new VoicemailDeleted(mailbox, Recording(1), By));

        var recording = await FindAsync(1);
        Assert.Equal((By, By, null), (recording.Heard?.By, recording.Deleted?.By, recording.Erased));
        Assert.Null(VoicemailMessage.Of(recording));
    }

    [Fact]
    public async Task A_message_that_says_nothing_is_erased()
    {
        await TellAsync(
            new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "trunk:main", "5000"),
            new VoicemailStarted(Interaction(1), new("sales"), Recording(1), Party(1), "a.wav"),
            new VoicemailDiscarded(Interaction(1), new("sales"), Recording(1), TimeSpan.FromSeconds(0.5)));

        Assert.Equal("too short", (await FindAsync(1)).Erased?.Why);
    }

    [Fact]
    public void A_mark_is_read_as_it_is_written()
    {
        var mark = new RecordingMark(Noon, Recording(7));

        Assert.True(RecordingMark.TryFrom(mark.Text, out var read));
        Assert.Equal(mark, read);
        Assert.All(new[] { null, "", "1", "1-x", "x-" + Recording(7), "-1-" + Recording(7), "99999999999999999999-" + Recording(7), "3155378976000000000-" + Recording(7) },
            text => Assert.False(RecordingMark.TryFrom(text, out _), text));
    }

    private async Task TellAsync(params CenterEvent[] events)
    {
        _projection ??= new(_records, new(_recordings));
        var entries = Entries(events);
        _journal.AddRange(entries);
        foreach (var entry in entries)
            _projection.Apply(entry);
        await _projection.CommitAsync(default);
    }

    private JournalEntry[] Entries(params CenterEvent[] events) =>
        [.. events.Select((happened, i) => new JournalEntry("any", 1, i + 1, Noon.AddSeconds(_journal.Count + i), happened) { Position = _journal.Count + i + 1 })];

    private async Task<StoredRecording> FindAsync(int number) => Assert.IsType<StoredRecording>(await _recordings.FindAsync(Recording(number), default));

    private sealed class CountingStore : IRecordingStore
    {
        private readonly InMemoryRecordingStore _inner = new();

        public int Commits { get; private set; }

        public ValueTask CommitAsync(IReadOnlyCollection<RecordingChange> changes, CancellationToken cancellationToken)
        {
            Commits++;
            return _inner.CommitAsync(changes, cancellationToken);
        }

        public ValueTask<StoredRecording?> FindAsync(RecordingId recording, CancellationToken cancellationToken) => _inner.FindAsync(recording, cancellationToken);

        public ValueTask<RecordingPage> SearchAsync(RecordingQuery query, CancellationToken cancellationToken) => _inner.SearchAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<StoredRecording>> ListDueAsync(DueRecordings due, int limit, CancellationToken cancellationToken) => _inner.ListDueAsync(due, limit, cancellationToken);
    }
}

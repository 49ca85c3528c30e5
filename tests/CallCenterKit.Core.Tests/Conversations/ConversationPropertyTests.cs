using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using FsCheck;
using FsCheck.Fluent;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>Whatever comes, in whatever order.</summary>
public class ConversationPropertyTests
{
    private const int Agents = 3;

    private static readonly RecordingMode?[] Rules = [RecordingMode.FromAnswer, RecordingMode.Never, RecordingMode.OnDemand];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60);

    [Fact]
    public void Once_all_is_over_it_finishes_exactly_once() => Prop.ForAll(Inputs, inputs =>
    {
        var test = Closed(inputs);
        return test.Effects.Count(effect => effect is Finish) == 1;
    }).Check(Many);

    [Fact]
    public void Every_agent_is_released_as_often_as_joined() => Prop.ForAll(Inputs, inputs =>
    {
        var test = Closed(inputs);
        var asked = inputs.Count(input => input is AgentJoined);
        return test.Effects.Count(effect => effect is EndAssignment) == asked;
    }).Check(Many);

    [Fact]
    public void Events_alone_give_the_same_state() => Prop.ForAll(Inputs, inputs =>
    {
        var live = Run(inputs).Conversation;
        var events = Run(inputs).Events;
        var replayed = Replay(events);
        return replayed.IsJoined == live.IsJoined && replayed.IsHeld == live.IsHeld && HoldTogether(live, replayed);
    }).Check(Many);

    [Fact]
    public void Of_a_customer_who_has_refused_nothing_is_kept() => Prop.ForAll(Inputs, inputs =>
    {
        var test = Closed([.. inputs, new ConsentNoted(RecordingConsent.Refused)]);
        var made = test.Events.OfType<RecordingStarted>().Select(started => started.Recording);
        return made.ToHashSet().SetEquals(test.Events.OfType<RecordingDiscarded>().Select(discarded => discarded.Recording));
    }).Check(Many);

    [Fact]
    public void A_recording_is_silent_as_long_as_somebody_is_there_who_must_not_be_recorded() => Prop.ForAll(Choices, choices =>
    {
        var keeper = new LegKeeper();
        foreach (var choice in choices)
        {
            keeper.Do(choice);
            keeper.CheckRecordings();
        }
        return (keeper.Objections.Count == 0).Label(string.Join(' ', keeper.Objections));
    }).Check(Many);

    [Fact]
    public void Nobody_is_held_unless_somebody_is_joined() => Prop.ForAll(Inputs, inputs =>
    {
        var test = Run(inputs);
        return !test.Conversation.IsHeld || test.Conversation.IsJoined;
    }).Check(Many);

    [Fact]
    public void Through_transfers_and_consultations_no_leg_is_lost_and_no_dial_left() => Prop.ForAll(Choices, choices =>
    {
        var keeper = new LegKeeper();
        foreach (var choice in choices)
        {
            keeper.Do(choice);
            keeper.Check();
        }
        keeper.Close();
        return (keeper.Objections.Count == 0 && keeper.Finished == 1).Label($"Finished {keeper.Finished} times. {string.Join(' ', keeper.Objections)}");
    }).Check(Many);

    [Fact]
    public void Through_transfers_and_consultations_events_alone_give_the_same_state() => Prop.ForAll(Choices, choices =>
    {
        var keeper = new LegKeeper();
        Array.ForEach(choices, keeper.Do);
        var replayed = Replay(keeper.Events);
        var (joined, held) = (keeper.Conversation.IsJoined, keeper.Conversation.IsHeld);
        return joined == replayed.IsJoined && held == replayed.IsHeld && HoldTogether(keeper.Conversation, replayed);
    }).Check(Many);

    [Fact]
    public void What_a_conversation_does_for_its_parties_is_the_same_with_supervisors_and_without() => Prop.ForAll(Choices, choices =>
    {
        var supervised = new LegKeeper();
        var alone = new LegKeeper();
        foreach (var choice in choices)
        {
            supervised.Do(choice);
            if (!LegKeeper.IsOfSupervisors(choice))
                alone.Do(choice);
        }
        return supervised.EventsOfParties.SequenceEqual(alone.EventsOfParties) && supervised.EffectsForParties.SequenceEqual(alone.EffectsForParties);
    }).Check(Many);

    private static Arbitrary<int[]> Choices { get; } = Gen.ArrayOf(Gen.Choose(0, LegKeeper.Things * 60)).ToArbitrary();

    /// <summary>Each agent joins at most once, as in life: a leg is dialled for one offer.</summary>
    private static Arbitrary<ConversationInput[]> Inputs { get; } = Gen.ArrayOf(Gen.Choose(0, 21))
        .Select(choices => choices.Select(Input).Where(OnceEach()).ToArray())
        .ToArbitrary();

    private static ConversationInput Input(int choice) => choice switch
    {
        < Agents => new AgentJoined(Call(10 + choice), new($"agent{choice}"), new("1001"), Support, Rules[choice]),
        < 2 * Agents => new LegEnded(Call(10 + choice - Agents), HungUp),
        6 => new LegEnded(Customer, HungUp),
        7 => new LegAnswered(Customer),
        8 => new HoldAsked(Customer),
        9 => new HoldAsked(Call(10)),
        10 => new ResumeAsked(Call(10)),
        11 => new HangUpAsked(HangUpCause.Normal, new("system")),
        12 => new WaitStarted(Support, "music.wav"),
        13 => new FlowEnded("welcome"),
        14 => new WaitStarted(Support, null) { Recording = RecordingMode.FromIvr },
        15 => new RecordingPauseAsked(Alices),
        16 => new RecordingResumeAsked(Alices),
        17 => new RecordingStartAsked(Alices),
        18 => new RecordingStopAsked(Alices),
        20 => new ConsentNoted(RecordingConsent.Asked),
        19 => new ConsentNoted(RecordingConsent.Given),
        _ => new ConsentNoted(RecordingConsent.Refused),
    };

    private static Func<ConversationInput, bool> OnceEach()
    {
        var seen = new HashSet<CallId>();
        return input => input is not AgentJoined joined || seen.Add(joined.Leg);
    }

    private static TestConversation Closed(ConversationInput[] inputs)
    {
        var test = Run(inputs);
        test.Send([.. Closing(test)]);
        test.Send([.. test.Effects.OfType<DeleteRecording>().Select(delete => new RecordingDeleted(delete.Recording, null))]);
        return test;
    }

    private static TestConversation Run(ConversationInput[] inputs)
    {
        var test = InFlow();
        test.Send(inputs);
        return test;
    }

    /// <summary>What the host will tell in the end, whatever came before: every leg ends, every file is closed, the flow returns.</summary>
    private static IEnumerable<ConversationInput> Closing(TestConversation test) =>
    [
        new FlowEnded("welcome"),
        new LegEnded(Customer, HungUp),
        .. Enumerable.Range(0, Agents).Select(agent => new LegEnded(Call(10 + agent), HungUp)),
        .. test.Effects.OfType<StartRecording>().Select(start => new RecordingClosed(start.Recording.Id, TimeSpan.Zero, 0, null)),
    ];

    /// <summary>What is not shown shows in what the next inputs lead to.</summary>
    private static bool HoldTogether(Conversation one, Conversation other)
    {
        ConversationOutput first = new(), second = new();
        foreach (var input in new ConversationInput[] { new HoldAsked(Customer), new LegEnded(Call(11), HungUp), new CompletionAsked(Call(2), Alices), new CancellationAsked(Call(3)), new LegEnded(Call(3), HungUp), new DialFailed(1, DialEnd.Busy), new LegEnded(Customer, HungUp), new LegEnded(Call(10), HungUp) })
        {
            one.Handle(input, first);
            other.Handle(input, second);
        }
        return first.Events.SequenceEqual(second.Events);
    }
}

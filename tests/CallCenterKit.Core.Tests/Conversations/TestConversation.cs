using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>A conversation with the legs every test needs; keeps all events and effects.</summary>
internal sealed class TestConversation
{
    private readonly ConversationOutput _output = new();
    private int _recordings;

    public TestConversation() => Conversation = new(Matter, () => OrderOf(++_recordings));

    public static InteractionId Matter { get; } = Interaction(1);

    public static CallId Customer { get; } = Call(1);

    public static CallId Desk { get; } = Call(2);

    public static AgentId Alice { get; } = new("alice");

    /// <summary>A phone whose leg, once answered, is <see cref="BobsLeg"/>.</summary>
    public static TransferTarget BobsPhone { get; } = new TransferTarget.ToPhone(new("1002"));

    public static AgentId Bob { get; } = new("bob");

    public static CallId BobsLeg { get; } = Call(3);

    /// <summary>A second leg of Alice's phone.</summary>
    public static CallId SecondLeg { get; } = Call(4);

    public static ActorId Alices { get; } = new("agent:alice");

    public static QueueId Support { get; } = new("support");

    public static RecordingOrder Order { get; } = OrderOf(1);

    public static CallEnding HungUp { get; } = new(HangUpCause.Normal, CallEndedBy.Party);

    /// <summary>The second recording that is made.</summary>
    public static RecordingOrder NextOrder { get; } = new(Recording(2), "2.wav");

    public Conversation Conversation { get; }

    public List<ConversationEvent> Events { get; } = [];

    public List<ConversationEffect> Effects { get; } = [];

    /// <summary>The recording that is made as the first, second, ... of an interaction.</summary>
    public static RecordingOrder OrderOf(int number) => new(Recording(number), $"{number}.wav");

    /// <summary>A conversation that has heard of these events and goes on from there.</summary>
    public static Conversation Replay(IReadOnlyCollection<ConversationEvent> events)
    {
        var made = events.Count(happened => happened is RecordingStarted);
        var replayed = new Conversation(Matter, () => OrderOf(++made));
        foreach (var happened in events)
            replayed.Apply(happened);
        return replayed;
    }

    /// <summary>A customer who has arrived and is with a flow.</summary>
    public static TestConversation InFlow()
    {
        var test = new TestConversation();
        test.Send(new CustomerArrived(Customer, Party(1), CallDirection.Inbound, "trunk:main", "5000"), new FlowStarted("welcome"));
        return test;
    }

    /// <summary>A customer who was answered and speaks with Alice.</summary>
    public static TestConversation Joined(RecordingOrder? recording = null)
    {
        var test = InFlow();
        test.Send(new LegAnswered(Customer), new WaitStarted(Support, "music.wav"), new AgentJoined(Desk, Alice, new("1001"), Support, recording is null ? null : RecordingMode.FromAnswer));
        return test;
    }

    /// <summary>Alice has turned to Bob, who rings; the customer waits.</summary>
    public static TestConversation Consulting(RecordingOrder? recording = null)
    {
        var test = Joined(recording);
        test.Send(new ConsultAsked(Desk, BobsPhone, Alices));
        return test;
    }

    /// <summary>Alice speaks with Bob; the customer waits.</summary>
    public static TestConversation Consulted(RecordingOrder? recording = null)
    {
        var test = Consulting(recording);
        test.Send(BobAnswers(1));
        return test;
    }

    public static DialAnswered BobAnswers(int dial) => new(dial, BobsLeg, Bob, new("1002"));

    /// <summary>Handles the inputs and gives what the last one led to.</summary>
    public (IReadOnlyList<ConversationEvent> Events, IReadOnlyList<ConversationEffect> Effects) Send(params ConversationInput[] inputs)
    {
        foreach (var input in inputs)
        {
            _output.Clear();
            Conversation.Handle(input, _output);
            Events.AddRange(_output.Events);
            Effects.AddRange(_output.Effects);
        }
        return ([.. _output.Events], [.. _output.Effects]);
    }

    public IReadOnlyList<ConversationEffect> EffectsOf(params ConversationInput[] inputs) => Send(inputs).Effects;

    public IReadOnlyList<ConversationEvent> EventsOf(params ConversationInput[] inputs) => Send(inputs).Events;
}

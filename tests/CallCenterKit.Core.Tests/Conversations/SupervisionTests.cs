using CallCenterKit.Voice;
using static CallCenterKit.Conversations.TestConversation;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>Supervisors who hear along, and what becomes of them.</summary>
public class SupervisionTests
{
    private static readonly CallId Ear = Call(7);
    private static readonly EndpointId Phone = new("1009");
    private static readonly ActorId Boss = new("agent:boss");

    [Theory]
    [InlineData(SupervisionRole.Listen)]
    [InlineData(SupervisionRole.Whisper)]
    [InlineData(SupervisionRole.Barge)]
    public void A_supervisor_joins_the_agent_s_bridge_in_their_role(SupervisionRole role)
    {
        var (events, effects) = Joined().Send(Come(role));

        Assert.Equal([new SupervisionBegan(Matter, Ear, Phone, Alice, role, SupervisionScope.Agent, Boss)], events);
        Assert.Equal([new Supervise(Ear, 0, RoleOf(role, Desk))], effects);
    }

    [Fact]
    public void A_role_changes_in_place()
    {
        var test = Supervised(SupervisionRole.Listen);

        var (events, effects) = test.Send(new SupervisionRoleAsked(Ear, SupervisionRole.Whisper, Boss));

        Assert.Equal([new SupervisionChanged(Matter, Ear, Alice, SupervisionRole.Whisper, Boss)], events);
        Assert.Equal([new Supervise(Ear, 0, new BridgeRole.WhisperTo(Desk))], effects);
        Assert.Empty(test.EventsOf(new SupervisionRoleAsked(Ear, SupervisionRole.Whisper, Boss)));
    }

    [Fact]
    public void Whom_nobody_supervises_with_the_customer_no_supervisor_joins()
    {
        Assert.Equal([new EndLeg(Ear, HangUpCause.Cancelled)], InFlow().EffectsOf(Come()));
        Assert.Equal([new EndLeg(Ear, HangUpCause.Cancelled)], Joined().EffectsOf(Come() with { Agent = Bob }));
    }

    [Fact]
    public void Nobody_supervises_a_call_twice()
    {
        var (events, effects) = Supervised().Send(Come() with { Leg = Call(8) });

        Assert.Empty(events);
        Assert.Equal([new EndLeg(Call(8), HangUpCause.Cancelled)], effects);
    }

    [Fact]
    public void A_supervisor_hears_nothing_while_the_agent_holds_and_the_music_is_the_customer_s()
    {
        var test = Supervised();

        Assert.Equal([new LeaveBridge(Customer), new LeaveBridge(Desk), new PlayMusic(Customer, null), new LeaveBridge(Ear)], test.EffectsOf(new HoldAsked(Desk)).OrderBy(Order));
        Assert.Equal(new Supervise(Ear, 0, BridgeRole.ListenOnly), test.EffectsOf(new ResumeAsked(Desk))[^1]);

        static int Order(ConversationEffect effect) => effect switch { LeaveBridge e when e.Leg == Customer => 0, LeaveBridge e when e.Leg == Desk => 1, PlayMusic => 2, _ => 3 };
    }

    [Fact]
    public void A_supervisor_follows_the_agent_into_a_consultation_and_back()
    {
        var test = Supervised(SupervisionRole.Whisper);
        test.Send(new ConsultAsked(Desk, BobsPhone, Alices));

        Assert.Equal(new Supervise(Ear, 1, new BridgeRole.WhisperTo(Desk)), test.EffectsOf(BobAnswers(1))[^1]);
        var back = test.EffectsOf(new CancellationAsked(Desk));
        Assert.Contains(new LeaveBridge(Ear, 1), back);
        Assert.Equal(new Supervise(Ear, 0, new BridgeRole.WhisperTo(Desk)), back[^1]);
    }

    [Fact]
    public void The_supervisor_of_an_agent_leaves_with_that_agent()
    {
        var (events, effects) = Supervised().Send(new TransferAsked(Desk, BobsPhone, Alices));

        Assert.Contains(new SupervisionEnded(Matter, Ear, SupervisionEnd.AgentLeft, null), events);
        Assert.Contains(new EndLeg(Ear, HangUpCause.Normal), effects);
    }

    [Fact]
    public void The_supervisor_of_a_call_goes_on_with_the_next_agent()
    {
        var test = Joined();
        test.Send(Come(SupervisionRole.Whisper) with { Scope = SupervisionScope.Call });
        var meanwhile = test.Send(new TransferAsked(Desk, BobsPhone, Alices));
        Assert.Contains(new LeaveBridge(Ear), meanwhile.Effects);
        Assert.DoesNotContain(meanwhile.Events, happened => happened is SupervisionEnded or SupervisionChanged);

        var (events, effects) = test.Send(BobAnswers(1));

        Assert.Contains(new SupervisionChanged(Matter, Ear, Bob, SupervisionRole.Whisper, null), events);
        Assert.Equal(new Supervise(Ear, 0, new BridgeRole.WhisperTo(BobsLeg)), effects[^1]);
    }

    [Fact]
    public void A_party_who_is_no_agent_is_heard_by_no_supervisor()
    {
        var test = Joined();
        test.Send(Come(SupervisionRole.Barge) with { Scope = SupervisionScope.Call }, new TransferAsked(Desk, BobsPhone, Alices));

        var (events, effects) = test.Send(BobAnswers(1) with { Agent = null });

        Assert.DoesNotContain(events, happened => happened is SupervisionChanged or SupervisionEnded);
        Assert.DoesNotContain(effects, effect => effect is Supervise);
    }

    [Fact]
    public void A_customer_who_leaves_takes_the_supervisor_along()
    {
        var (events, effects) = Supervised().Send(new LegEnded(Customer, HungUp));

        Assert.Equal(new SupervisionEnded(Matter, Ear, SupervisionEnd.CallOver, null), events[^1]);
        Assert.Contains(new EndLeg(Ear, HangUpCause.Normal), effects);
    }

    [Fact]
    public void A_customer_who_is_with_the_flow_again_is_heard_by_no_supervisor()
    {
        var test = Joined();
        test.Send(Come() with { Scope = SupervisionScope.Call });

        var (events, effects) = test.Send(new LegEnded(Desk, HungUp));

        Assert.Contains(new SupervisionEnded(Matter, Ear, SupervisionEnd.CallOver, null), events);
        Assert.Contains(new EndLeg(Ear, HangUpCause.Normal), effects);
        Assert.Contains(new ReturnToFlow(), effects);
    }

    [Fact]
    public void A_supervisor_who_hangs_up_changes_nothing_for_the_others()
    {
        var test = Supervised(SupervisionRole.Barge);

        var (events, effects) = test.Send(new LegEnded(Ear, HungUp));

        Assert.Equal([new SupervisionEnded(Matter, Ear, SupervisionEnd.SupervisorLeft, Boss)], events);
        Assert.Empty(effects);
        Assert.True(test.Conversation.IsJoined);
    }

    [Fact]
    public void A_supervisor_is_sent_away()
    {
        var (events, effects) = Supervised().Send(new SupervisionEndAsked(Ear, Alices));

        Assert.Equal([new SupervisionEnded(Matter, Ear, SupervisionEnd.Withdrawn, Alices)], events);
        Assert.Equal([new EndLeg(Ear, HangUpCause.Normal)], effects);
    }

    [Fact]
    public void What_a_supervisor_s_phone_asks_for_a_party_is_not_heard()
    {
        var test = Supervised(SupervisionRole.Barge);

        Assert.Empty(test.Send(new HoldAsked(Ear), new RemovalAsked(Ear), new ConsultAsked(Ear, BobsPhone, Boss), new TransferAsked(Ear, BobsPhone, Boss), new PartyAsked(Ear, BobsPhone)).Effects);
        Assert.IsType<SupervisionBegan>(test.Events[^1]);
    }

    private static SupervisorJoined Come(SupervisionRole role = SupervisionRole.Listen) => new(Ear, Phone, Alice, role, SupervisionScope.Agent, Boss);

    private static TestConversation Supervised(SupervisionRole role = SupervisionRole.Listen)
    {
        var test = Joined();
        test.Send(Come(role));
        return test;
    }

    private static BridgeRole RoleOf(SupervisionRole role, CallId agent) => role switch
    {
        SupervisionRole.Whisper => new BridgeRole.WhisperTo(agent),
        SupervisionRole.Barge => BridgeRole.Full,
        _ => BridgeRole.ListenOnly,
    };
}

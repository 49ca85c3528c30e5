using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Metrics;

public sealed class PhoneHealthTests
{
    private static readonly EndpointId Desk = new("101"), Other = new("102");

    private readonly PhoneHealth _health = new();
    private long _sequence;

    [Fact]
    public void A_phone_that_was_never_there_is_not_lost()
    {
        _health.Begin(Desk, isReachable: false, Noon);
        At(1, new EndpointReachability(Desk, false));

        Assert.Equal(new PhoneView(Desk, false, Noon, 0, TimeSpan.FromSeconds(5), 0, 0), Look(5));
    }

    [Fact]
    public void What_is_known_is_not_begun_again()
    {
        _health.Begin(Desk, isReachable: true, Noon);
        At(1, new EndpointReachability(Desk, false));
        _health.Begin(Desk, isReachable: true, Noon.AddSeconds(2));

        Assert.False(Look(3).IsReachable);
    }

    [Fact]
    public void Each_loss_counts_and_its_time_is_added_up()
    {
        _health.Begin(Desk, isReachable: true, Noon);
        At(10, new EndpointReachability(Desk, false));
        At(14, new EndpointReachability(Desk, true));
        At(20, new EndpointReachability(Desk, false));

        Assert.Equal(new PhoneView(Desk, false, Noon.AddSeconds(20), 2, TimeSpan.FromSeconds(6), 0, 0), Look(22));
    }

    [Fact]
    public void A_call_whose_network_was_lost_is_a_poor_one_of_the_phone_it_was_lost_at()
    {
        _health.Begin(Desk, isReachable: true, Noon);
        _health.Begin(Other, isReachable: true, Noon);
        At(1, new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "endpoint:102", "101"), new ConversationJoined(Interaction(1), Call(2), null, Desk, null));
        At(9, new ConversationParted(Interaction(1), Call(2), null, HangUpCause.NetworkLost, CallEndedBy.Network), new InteractionEnded(Interaction(1), HangUpCause.Normal, CallEndedBy.Center));

        Assert.Equal((1, 1), (Look(10).Calls, Look(10).PoorCalls));
        Assert.Equal((1, 0), (_health.At(Noon)[1].Calls, _health.At(Noon)[1].PoorCalls));
    }

    [Fact]
    public void A_caller_at_one_of_our_phones_can_have_a_poor_call_too()
    {
        _health.Begin(Desk, isReachable: true, Noon);
        At(1, new InteractionStarted(Interaction(1), Party(1), Call(1), CallDirection.Inbound, "endpoint:101", "500"));
        At(9, new InteractionEnded(Interaction(1), HangUpCause.NetworkLost, CallEndedBy.Network));

        Assert.Equal(1, Look(10).PoorCalls);
    }

    private PhoneView Look(double seconds) => _health.At(Noon.AddSeconds(seconds))[0];

    private void At(double seconds, params CenterEvent[] events)
    {
        foreach (var happened in events)
            _health.Apply(new("test", 1, ++_sequence, Noon.AddSeconds(seconds), happened) { Position = _sequence });
    }
}

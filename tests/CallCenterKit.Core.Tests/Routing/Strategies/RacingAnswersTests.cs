using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class RacingAnswersTests
{
    private const int Agents = 10, Calls = 100_000;

    [Fact]
    public void Of_a_million_racing_answers_one_a_call_connects_and_the_others_are_withdrawn_at_once()
    {
        var draws = new Draws(RingAllStrategy.StrategyName, [.. Enumerable.Repeat(1, Agents)]);
        var random = new Random(11);
        var offers = new OfferId[Agents];
        for (var call = 0; call < Calls; call++)
        {
            var interaction = new InteractionId(new Guid(call + 1, 0, 0, new byte[8]));
            var rung = draws.Handle(new Enqueue(interaction, draws.Queue.Id));
            if (rung.Count != Agents)
                Assert.Fail($"Call {call} rang at {rung.Count}.");
            for (var i = 0; i < Agents; i++)
                offers[i] = ((Offer)rung[i]).Id;
            random.Shuffle(offers);
            draws.Handle(new AssignmentEnded(Race(draws, offers, interaction), interaction));
        }
    }

    private static AgentId Race(Draws draws, OfferId[] offers, InteractionId interaction)
    {
        var first = draws.Handle(new OfferAnswered(offers[0]));
        if (first.Count != Agents || first[^1] is not Connect connect || connect.Interaction != interaction || connect.Offer != offers[0])
            throw new InvalidOperationException($"{interaction} was not connected as it should be: {string.Join(", ", first)}");
        for (var i = 0; i < Agents - 1; i++)
        {
            if (first[i] is not WithdrawOffer { Reason: OfferEnd.AnsweredElsewhere } || draws.Handle(new OfferAnswered(offers[i + 1])).Count > 0)
                throw new InvalidOperationException($"{interaction} rings on or was connected twice.");
        }
        for (var i = 1; i < Agents; i++)
            draws.Handle(new OfferClosed(offers[i]));
        return connect.Agent;
    }
}

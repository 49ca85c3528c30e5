using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>What is said before caller and agent are joined: the agent hears who comes, both hear the agent's greeting.</summary>
internal sealed class Introduction(CenterServices center)
{
    /// <summary>What there is to be said; null when nothing is.</summary>
    /// <param name="connect">Who are to be joined.</param>
    /// <param name="isCallback">Whether the agent has heard already what it is about, before the customer was called.</param>
    public (PlayRequest? Whisper, PlayRequest? Greeting)? Of(Connect connect, bool isCallback)
    {
        var whisper = Whispers(connect.Queue) && !isCallback ? center.Phrases.Whisper(connect.Queue, connect.Waited).ToRequest(center.Prompts) : null;
        var greeting = center.Model.Agents.TryGetValue(connect.Agent, out var agent) && agent.Greeting is { } file ? PlayRequest.File(file) : null;
        return (whisper, greeting) is (null, null) ? null : (whisper, greeting);
    }

    /// <summary>What the agent hears before a customer is called back; null is nothing.</summary>
    public PlayRequest? BeforeCallback(QueueId queue)
    {
        if (!Whispers(queue))
            return null;
        var name = $"{center.Language}/queue/callback-call.wav";
        Prompt announced = center.Prompts.TryFind(name, out _) ? name : Prompt.Of();
        return Prompt.Of([.. announced, .. center.Phrases.Whisper(queue, TimeSpan.Zero)]).ToRequest(center.Prompts);
    }

    private bool Whispers(QueueId queue) => center.Model.Queues.TryGetValue(queue, out var model) && model.Whisper;

    /// <summary>Says it; returns early when either side leaves. Never throws.</summary>
    public async ValueTask SayAsync((PlayRequest? Whisper, PlayRequest? Greeting) said, ICall agent, ICall customer, Connect connect)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(agent.Ended, customer.Ended);
        try
        {
            if (said.Whisper is { } whisper)
                await center.Work.ParkAsync(agent.PlayAsync(whisper, left.Token)).ConfigureAwait(false);
            if (said.Greeting is not { } greeting)
                return;
            await center.Work.ParkAsync(customer.AnswerAsync(left.Token)).ConfigureAwait(false);
            var toAgent = agent.PlayAsync(greeting, left.Token).AsTask();
            var toCustomer = customer.PlayAsync(greeting, left.Token).AsTask();
            await center.Work.ParkAsync(new ValueTask<PlayEnd[]>(Task.WhenAll(toAgent, toCustomer))).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // One of them has left; the conversation finds out by itself.
        }
        catch (Exception fault)
        {
            OffersLog.IntroductionFailed(center.Logger, fault, connect.Agent, connect.Interaction);
        }
    }
}

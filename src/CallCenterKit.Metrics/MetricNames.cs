namespace CallCenterKit.Metrics;

/// <summary>Names of the meter, its instruments and their tags, as an exporter sees them.</summary>
public static class MetricNames
{
    /// <summary>The meter: what an exporter subscribes to.</summary>
    public const string Meter = "CallCenterKit";

    /// <summary>Calls that ended, by <see cref="Direction"/> and <see cref="Ending"/>.</summary>
    public const string Calls = "callcenter.calls";

    /// <summary>Calls that live, by <see cref="Direction"/>.</summary>
    public const string ActiveCalls = "callcenter.calls.active";

    /// <summary>From arrival to the end, in seconds, by <see cref="Direction"/> and <see cref="Ending"/>.</summary>
    public const string CallDuration = "callcenter.call.duration";

    /// <summary>Talk of one call, holds left out, in seconds, by <see cref="Queue"/>.</summary>
    public const string TalkDuration = "callcenter.talk.duration";

    /// <summary>Hold of one call that was held, in seconds, by <see cref="Queue"/>.</summary>
    public const string HoldDuration = "callcenter.hold.duration";

    /// <summary>One agent's after-call work for one call, in seconds, by <see cref="Queue"/>.</summary>
    public const string WrapUpDuration = "callcenter.wrap_up.duration";

    /// <summary>How often a leg began to sound poor.</summary>
    public const string PoorLegs = "callcenter.legs.poor";

    /// <summary>Calls in a queue, those being offered included, by <see cref="Queue"/>.</summary>
    public const string Waiting = "callcenter.queue.waiting";

    /// <summary>Wait of a stay in a queue since it was first enqueued, in seconds, by <see cref="Queue"/> and <see cref="Outcome"/>.</summary>
    public const string WaitDuration = "callcenter.queue.wait.duration";

    /// <summary>Calls that found no place, by <see cref="Queue"/>.</summary>
    public const string Refused = "callcenter.queue.refused";

    /// <summary>Times an agent was rung, by <see cref="Queue"/> and <see cref="Outcome"/>.</summary>
    public const string Offers = "callcenter.offers";

    /// <summary>How long an agent was rung, in seconds, by <see cref="Queue"/> and <see cref="Outcome"/>.</summary>
    public const string OfferDuration = "callcenter.offer.duration";

    /// <summary>Agents, by <see cref="AgentState"/>.</summary>
    public const string Agents = "callcenter.agents";

    /// <summary>How often a phone was lost, by <see cref="Phone"/>.</summary>
    public const string PhoneLosses = "callcenter.phone.losses";

    /// <summary>How long a phone could not be reached, in seconds, by <see cref="Phone"/>.</summary>
    public const string PhoneUnreachable = "callcenter.phone.unreachable.duration";

    /// <summary>Conversations of a phone whose network was lost, by <see cref="Phone"/>.</summary>
    public const string PhonePoorCalls = "callcenter.phone.poor_calls";

    /// <summary>Tag of the meter: which center.</summary>
    public const string Center = "callcenter.center";

    /// <summary>Tag: inbound, outbound.</summary>
    public const string Direction = "callcenter.direction";

    /// <summary>Tag: completed, abandoned, unserved, ended_in_flow, refused, interrupted, not_reached.</summary>
    public const string Ending = "callcenter.ending";

    /// <summary>Tag: the id of a queue.</summary>
    public const string Queue = "callcenter.queue";

    /// <summary>Tag: the id of a phone.</summary>
    public const string Phone = "callcenter.phone";

    /// <summary>Tag: how a wait or an offer ended: answered, abandoned, no_answer and so on.</summary>
    public const string Outcome = "callcenter.outcome";

    /// <summary>Tag: logged_out, unreachable, paused, available, ringing, talking, wrapping_up.</summary>
    public const string AgentState = "callcenter.agent.state";
}

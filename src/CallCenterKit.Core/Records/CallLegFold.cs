using CallCenterKit.Conversations;

namespace CallCenterKit.Records;

/// <summary>Who was on which leg, and what each second of it was: talk, hold or consultation.</summary>
internal static class CallLegFold
{
    public static CallRecord Apply(CallRecord record, ConversationEvent happened, DateTimeOffset at) => Count(
        happened switch
        {
            ConversationJoined e => Join(record, e, at),
            ConversationParted e => record with { Legs = Leave(record, e.Leg, at) },
            ConversationHeld e => SetHold(record, e.By, true),
            ConversationResumed e => SetHold(record, e.By, false),
            ConsultationBegan e => Consult(record, e),
            ConsultationOver e => BringBack(record, e),
            LegReplaced e => Replace(record, e, at),
            CustomerChanged e => ChangeCustomer(record, e, at),
            _ => record,
        },
        at);

    /// <summary>Adds what passed since the last change to what each did meanwhile.</summary>
    public static CallRecord Count(CallRecord record, DateTimeOffset at)
    {
        var customerIsThere = record is { Ending: CallRecordEnding.Open, EndedAt: null };
        var legs = Count(record, customerIsThere, at);
        var (talks, holds) = (false, false);
        for (var i = 0; i < legs.Count; i++)
        {
            talks |= legs[i].Activity == CallLegActivity.Talking;
            holds |= legs[i].Activity is CallLegActivity.Holding or CallLegActivity.Consulting;
        }
        var waits = customerIsThere && !talks && holds;
        if (ReferenceEquals(legs, record.Legs) && talks == record.TalkingSince is not null && waits == record.HeldSince is not null)
            return record;
        return record with
        {
            Legs = legs,
            Talk = talks ? record.Talk : record.Talk + Since(record.TalkingSince, at),
            TalkingSince = talks ? record.TalkingSince ?? at : null,
            Hold = waits ? record.Hold : record.Hold + Since(record.HeldSince, at),
            HeldSince = waits ? record.HeldSince ?? at : null,
        };
    }

    /// <summary>The legs as they are now; the same list when none does anything else than before.</summary>
    private static IReadOnlyList<CallLegRecord> Count(CallRecord record, bool customerIsThere, DateTimeOffset at)
    {
        var speakers = customerIsThere && !record.CustomerHolds ? 1 : 0;
        for (var i = 0; i < record.Legs.Count; i++)
            speakers += IsWithCustomer(record.Legs[i]) && !record.Legs[i].Holds ? 1 : 0;
        CallLegRecord[]? changed = null;
        for (var i = 0; i < record.Legs.Count; i++)
        {
            var (before, after) = (record.Legs[i], Count(record.Legs[i], ActivityOf(record.Legs[i], customerIsThere, speakers), at));
            if (!ReferenceEquals(before, after))
                (changed ??= [.. record.Legs])[i] = after;
        }
        return changed ?? record.Legs;
    }

    private static CallLegActivity ActivityOf(CallLegRecord leg, bool customerIsThere, int speakers) => leg switch
    {
        { LeftAt: not null } => CallLegActivity.None,
        { Consultation: not null } => CallLegActivity.Consulting,
        _ when !customerIsThere => CallLegActivity.None,
        { Holds: true } => CallLegActivity.Holding,
        _ => speakers > 1 ? CallLegActivity.Talking : CallLegActivity.Holding,
    };

    private static CallLegRecord Count(CallLegRecord leg, CallLegActivity activity, DateTimeOffset at)
    {
        if (activity == leg.Activity)
            return leg;
        var passed = Since(leg.Since, at);
        return leg with
        {
            Talk = leg.Talk + (leg.Activity == CallLegActivity.Talking ? passed : TimeSpan.Zero),
            Hold = leg.Hold + (leg.Activity == CallLegActivity.Holding ? passed : TimeSpan.Zero),
            Consult = leg.Consult + (leg.Activity == CallLegActivity.Consulting ? passed : TimeSpan.Zero),
            Activity = activity,
            Since = activity == CallLegActivity.None ? null : at,
        };
    }

    private static CallRecord Join(CallRecord record, ConversationJoined joined, DateTimeOffset at) => record with
    {
        Agent = joined.Consultation is null ? joined.Agent ?? record.Agent : record.Agent,
        Legs = [.. record.Legs, new(joined.Leg, joined.Agent, joined.Endpoint, at, null) { IsOutside = joined.IsOutside, Consultation = joined.Consultation }],
    };

    private static CallRecord SetHold(CallRecord record, CallId by, bool holds) => by == record.CustomerLeg
        ? record with { CustomerHolds = holds }
        : record with { Legs = Change(record, by, leg => leg with { Holds = holds }) };

    /// <summary>A second leg comes by an event of its own.</summary>
    private static CallRecord Consult(CallRecord record, ConsultationBegan began) => began.Via != began.Asker
        ? record
        : record with { Legs = Change(record, began.Via, leg => leg with { Consultation = began.Consultation, Holds = false }) };

    private static CallRecord BringBack(CallRecord record, ConsultationOver over)
    {
        var back = record.Legs.Where(leg => leg.LeftAt is null && leg.Consultation == over.Consultation).ToList();
        return record with
        {
            Agent = over.End is ConsultationEnd.Transferred or ConsultationEnd.Joined ? back.LastOrDefault(leg => leg.Agent is not null)?.Agent ?? record.Agent : record.Agent,
            Legs = [.. record.Legs.Select(leg => leg.Consultation == over.Consultation ? leg with { Consultation = null } : leg)],
        };
    }

    private static CallRecord Replace(CallRecord record, LegReplaced replaced, DateTimeOffset at)
    {
        if (replaced.Old == record.CustomerLeg)
            return record with { CustomerLeg = replaced.New, CustomerHolds = false };
        var old = record.Legs.LastOrDefault(leg => leg.Leg == replaced.Old && leg.LeftAt is null);
        return old is null ? record : record with
        {
            Agent = old.Consultation is null ? replaced.Agent ?? record.Agent : record.Agent,
            Legs = [.. Leave(record, replaced.Old, at), new(replaced.New, replaced.Agent, replaced.Endpoint, at, null) { Consultation = old.Consultation }],
        };
    }

    /// <summary>Whoever is the customer now was counted as the other side until now.</summary>
    private static CallRecord ChangeCustomer(CallRecord record, CustomerChanged changed, DateTimeOffset at)
    {
        var heir = record.Legs.LastOrDefault(leg => leg.Leg == changed.Leg && leg.LeftAt is null);
        return record with
        {
            CustomerLeg = changed.Leg,
            CustomerHolds = heir?.Holds ?? false,
            Legs = Leave(record, changed.Leg, at),
        };
    }

    private static CallLegRecord[] Leave(CallRecord record, CallId which, DateTimeOffset at) => Change(record, which, leg => leg with { LeftAt = at });

    private static CallLegRecord[] Change(CallRecord record, CallId which, Func<CallLegRecord, CallLegRecord> change) =>
        [.. record.Legs.Select(leg => leg.Leg == which && leg.LeftAt is null ? change(leg) : leg)];

    private static bool IsWithCustomer(CallLegRecord leg) => leg is { LeftAt: null, Consultation: null };

    private static TimeSpan Since(DateTimeOffset? start, DateTimeOffset at) =>
        start is { } since && at > since ? at - since : TimeSpan.Zero;
}

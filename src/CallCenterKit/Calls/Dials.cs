using CallCenterKit.Hosting;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Calls somebody for a leg that waits.</summary>
internal static class Dials
{
    /// <summary>Dials by the driver of the leg. An emergency whose trunks cannot carry it is carried by whatever trunk there is.</summary>
    /// <exception cref="OperationCanceledException">It is wanted no more; nothing rings.</exception>
    public static async ValueTask<DialOutcome> DialAsync(this CenterServices center, DialRequest request, ICall waiting, CancellationToken cancellationToken)
    {
        var driver = center.DriverOf(waiting);
        var outcome = await center.Work.ParkAsync(driver.DialAsync(request, cancellationToken)).ConfigureAwait(false);
        if (outcome is not DialOutcome.Unreachable || !request.IsEmergency || request.Target is not DialTarget.ToNumber { Trunks.Count: > 0 } number)
            return outcome;
        var anyTrunk = new DialRequest
        {
            Id = request.Id, // the leg that events have named already
            Target = new DialTarget.ToNumber(number.Number, []),
            Caller = request.Caller,
            RingTime = request.RingTime,
            PreferFormatsOf = request.PreferFormatsOf,
            IsEmergency = true,
        };
        return await center.Work.ParkAsync(driver.DialAsync(anyTrunk, cancellationToken)).ConfigureAwait(false);
    }
}

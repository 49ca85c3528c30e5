using System.Buffers.Binary;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>Draws the callers of a day in the order in which they come. The same seed is the same day.</summary>
internal sealed class CallerStream(Traffic traffic, ulong seed)
{
    private readonly SeededRandom _arrivals = new(seed, stream: 1), _handlings = new(seed, stream: 2), _patiences = new(seed, stream: 3), _lots = new(seed, stream: 4);
    private long _drawn;

    /// <param name="last">When the one before came, or the day begins.</param>
    public Caller Next(DateTimeOffset last)
    {
        var (interarrival, handling) = (_arrivals.NextExponential(1 / traffic.ArrivalsPerSecond), _handlings.NextExponential(traffic.MeanHandlingSeconds));
        var number = _drawn++;
        return new(InteractionOf(number), number, last + Duration(interarrival), _lots.NextShare())
        {
            InterarrivalSeconds = interarrival,
            HandlingSeconds = handling,
            Handling = Duration(handling),
            Patience = traffic.MeanPatienceSeconds is { } mean ? Duration(_patiences.NextExponential(mean)) : null,
        };
    }

    private static TimeSpan Duration(double seconds) => new((long)Math.Round(seconds * 1e6) * TimeSpan.TicksPerMicrosecond);

    private static InteractionId InteractionOf(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        return new(new Guid(bytes, bigEndian: true));
    }
}

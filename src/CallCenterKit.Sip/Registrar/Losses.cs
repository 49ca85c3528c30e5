using System.Collections.Concurrent;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Counts how often and how long endpoints were out of reach. Any thread; one endpoint's changes come in order.</summary>
internal sealed class Losses(TimeProvider time)
{
    private readonly ConcurrentDictionary<EndpointId, Loss> _losses = new();

    public void OnReachability(EndpointId endpoint, bool isReachable)
    {
        var now = time.GetUtcNow();
        if (!isReachable)
            _losses.AddOrUpdate(endpoint, new Loss(1, TimeSpan.Zero, now), (_, loss) => loss with { Times = loss.Times + 1, Since = now });
        else if (_losses.TryGetValue(endpoint, out var loss))
            _losses[endpoint] = loss with { Before = Total(loss, now), Since = null };
    }

    public (int Times, TimeSpan Total) Of(EndpointId endpoint) =>
        _losses.TryGetValue(endpoint, out var loss) ? (loss.Times, Total(loss, time.GetUtcNow())) : (0, TimeSpan.Zero);

    private static TimeSpan Total(Loss loss, DateTimeOffset now) => loss.Before + (loss.Since is { } since ? now - since : TimeSpan.Zero);

    /// <param name="Times">How often.</param>
    /// <param name="Before">How long in all, without the loss that goes on.</param>
    /// <param name="Since">Null while it is within reach.</param>
    private sealed record Loss(int Times, TimeSpan Before, DateTimeOffset? Since);
}

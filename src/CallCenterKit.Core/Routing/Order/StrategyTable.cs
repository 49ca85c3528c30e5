using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Finds strategies by name.</summary>
internal sealed class StrategyTable
{
    private readonly Dictionary<string, IRoutingStrategy> _strategies = new(StringComparer.OrdinalIgnoreCase);

    public StrategyTable(IEnumerable<IRoutingStrategy> strategies)
    {
        foreach (var strategy in strategies)
        {
            if (!_strategies.TryAdd(strategy.Name, strategy))
                throw new ArgumentException($"Two routing strategies have the name '{strategy.Name}'.", nameof(strategies));
        }
    }

    public IRoutingStrategy this[string name] => _strategies[name];

    /// <summary>Throws when a queue names a strategy that is not there.</summary>
    public void Check(CallCenterModel model)
    {
        foreach (var queue in model.Queues.Values)
        {
            Check(queue, queue.Strategy);
            if (queue.VipStrategy is { } forVips)
                Check(queue, forVips);
        }
    }

    private void Check(QueueModel queue, string strategy)
    {
        if (!_strategies.ContainsKey(strategy))
            throw new ArgumentException($"Queue '{queue.Id}' wants the strategy '{strategy}'; there are: {string.Join(", ", _strategies.Keys.Order(StringComparer.Ordinal))}.");
    }
}

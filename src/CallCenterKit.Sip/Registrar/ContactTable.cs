using System.Collections.Concurrent;

namespace CallCenterKit.Sip.Registrar;

/// <summary>The contacts of all endpoints, found by endpoint and by the way their packets take; never by scanning.</summary>
/// <remarks>Changed by one thread at a time; <see cref="Of"/> is for any.</remarks>
internal sealed class ContactTable
{
    private readonly ConcurrentDictionary<EndpointId, ContactBinding[]> _byEndpoint = new();
    private readonly Dictionary<ContactFlow, List<ContactKey>> _byFlow = [];

    /// <summary>All of them, endpoint by endpoint.</summary>
    public IEnumerable<ContactBinding> All => _byEndpoint.Values.SelectMany(bindings => bindings);

    /// <summary>Those of one endpoint, the most recent last. A snapshot.</summary>
    public IReadOnlyList<ContactBinding> Of(EndpointId endpoint) => _byEndpoint.TryGetValue(endpoint, out var found) ? found : [];

    /// <summary>Those whose packets take this way. A snapshot.</summary>
    public IReadOnlyList<ContactKey> Over(ContactFlow flow) => _byFlow.TryGetValue(flow, out var keys) ? [.. keys] : [];

    public ContactBinding? Find(ContactKey key)
    {
        foreach (var binding in Of(key.Endpoint))
        {
            if (binding.Key == key)
                return binding;
        }
        return null;
    }

    /// <summary>Adds the binding as the most recent one, in place of one with the same key.</summary>
    public void Put(ContactBinding binding)
    {
        Remove(binding.Key);
        _byEndpoint[binding.Endpoint] = [.. Of(binding.Endpoint), binding];
        if (!_byFlow.TryGetValue(binding.Flow, out var keys))
            _byFlow.Add(binding.Flow, keys = []);
        keys.Add(binding.Key);
    }

    /// <summary>Changes what is known of the binding with this key, not its way and not its place in the order.</summary>
    public void Replace(ContactBinding binding) =>
        _byEndpoint[binding.Endpoint] = [.. Of(binding.Endpoint).Select(other => other.Key == binding.Key ? binding : other)];

    /// <summary>What was removed; null when it is not there.</summary>
    public ContactBinding? Remove(ContactKey key)
    {
        if (Find(key) is not { } binding)
            return null;
        ContactBinding[] left = [.. Of(key.Endpoint).Where(other => other.Key != key)];
        if (left.Length > 0)
            _byEndpoint[key.Endpoint] = left;
        else
            _byEndpoint.TryRemove(key.Endpoint, out _);
        if (_byFlow.TryGetValue(binding.Flow, out var keys) && keys.Remove(key) && keys.Count == 0)
            _byFlow.Remove(binding.Flow);
        return binding;
    }
}

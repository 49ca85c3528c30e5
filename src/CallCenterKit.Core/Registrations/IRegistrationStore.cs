namespace CallCenterKit.Registrations;

/// <summary>Where phones were last seen, so that they are reachable again right after a restart.</summary>
/// <remarks>Calls are made from one thread at a time; an implementation may do its work on a thread of its own.</remarks>
public interface IRegistrationStore
{
    /// <summary>Every binding that was saved and not removed, expired ones included.</summary>
    ValueTask<IReadOnlyList<RegistrationBinding>> LoadAsync(string driver, CancellationToken cancellationToken);

    /// <summary>Adds the binding, or takes the place of the one with the same driver, endpoint and contact.</summary>
    void Save(RegistrationBinding binding);

    /// <summary>Forgets a binding; does nothing when it is not there.</summary>
    void Remove(string driver, EndpointId endpoint, string contact);
}

/// <summary>One place where an endpoint can be reached.</summary>
/// <param name="Driver">The <see cref="Voice.ITelephony.Name"/> that owns it.</param>
/// <param name="Endpoint">Whose.</param>
/// <param name="Contact">The driver's own address for it.</param>
/// <param name="ExpiresAt">When it is void.</param>
/// <param name="Data">What else the driver keeps; opaque to everybody else.</param>
public sealed record RegistrationBinding(string Driver, EndpointId Endpoint, string Contact, DateTimeOffset ExpiresAt, string Data);

/// <summary>Keeps bindings for the life of the process.</summary>
public sealed class InMemoryRegistrationStore : IRegistrationStore
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string, EndpointId, string), RegistrationBinding> _bindings = new();

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RegistrationBinding>> LoadAsync(string driver, CancellationToken cancellationToken) =>
        new([.. _bindings.Values.Where(binding => binding.Driver == driver)]);

    /// <inheritdoc />
    public void Save(RegistrationBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        _bindings[(binding.Driver, binding.Endpoint, binding.Contact)] = binding;
    }

    /// <inheritdoc />
    public void Remove(string driver, EndpointId endpoint, string contact) => _bindings.TryRemove((driver, endpoint, contact), out _);
}

namespace CallCenterKit.Contacts;

/// <summary>Somebody outside the center whom we know, or have heard from.</summary>
/// <param name="Party">The id that events name.</param>
/// <param name="Number">As signalled.</param>
/// <param name="Name">As the host or the caller's network calls them.</param>
public sealed record Contact(PartyId Party, string Number, string? Name)
{
    /// <summary>The host's own key for them: a customer code. Null when there is none.</summary>
    public string? Code { get; init; }

    /// <summary>Whether they are served as a VIP.</summary>
    public bool Vip { get; init; }
}

/// <summary>Finds and creates contacts. Any thread.</summary>
public interface IContactStore
{
    /// <summary>Every contact with that number.</summary>
    ValueTask<IReadOnlyList<Contact>> FindAsync(string number, CancellationToken cancellationToken);

    /// <summary>The first contact with that number; creates one, once, when there is none, also under concurrent calls.</summary>
    ValueTask<Contact> GetOrAddAsync(string number, string? name, CancellationToken cancellationToken);
}

/// <summary>Keeps contacts for the life of the process.</summary>
/// <param name="ids">Where the ids of new contacts come from.</param>
public sealed class InMemoryContactStore(IIdSource ids) : IContactStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Contact>> _byNumber = new(StringComparer.Ordinal);

    /// <summary>Adds a contact; several may share a number.</summary>
    public void Add(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        lock (_lock) { Sharing(contact.Number).Add(contact); }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Contact>> FindAsync(string number, CancellationToken cancellationToken)
    {
        lock (_lock) { return new(_byNumber.TryGetValue(number, out var found) ? [.. found] : []); }
    }

    /// <inheritdoc />
    public ValueTask<Contact> GetOrAddAsync(string number, string? name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var sharing = Sharing(number);
            if (sharing.Count == 0)
                sharing.Add(new(new(ids.Next()), number, name));
            return new(sharing[0]);
        }
    }

    private List<Contact> Sharing(string number)
    {
        if (!_byNumber.TryGetValue(number, out var sharing))
            _byNumber[number] = sharing = [];
        return sharing;
    }
}

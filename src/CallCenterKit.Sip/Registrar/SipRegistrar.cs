using System.Collections.Concurrent;
using CallCenterKit.Registrations;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Keeps where every endpoint is reachable (RFC 3261 §10.3).</summary>
/// <remarks>
/// <see cref="Handle"/>, <see cref="Load"/> and <see cref="Expire"/> are called by one thread at a time;
/// <see cref="Contacts"/> by any.
/// </remarks>
/// <param name="driver">The name under which bindings are stored.</param>
/// <param name="policy">How long and how many.</param>
/// <param name="store">Told of every change.</param>
/// <param name="reachability">Told when an endpoint gets its first contact (true) or loses its last (false).</param>
internal sealed class SipRegistrar(string driver, RegistrationPolicy policy, IRegistrationStore store, Action<EndpointId, bool> reachability)
{
    private readonly ConcurrentDictionary<EndpointId, ContactBinding[]> _bindings = new();
    private readonly PriorityQueue<(EndpointId Endpoint, string Uri), DateTimeOffset> _expiries = new();

    /// <summary>When <see cref="Expire"/> has something to look at; null when nothing is bound.</summary>
    public DateTimeOffset? NextExpiry => _expiries.TryPeek(out _, out var at) ? at : null;

    /// <summary>Where the endpoint is bound, the most recent last; those that have just run out may still be among them.</summary>
    public IReadOnlyList<ContactBinding> Contacts(EndpointId endpoint) => _bindings.TryGetValue(endpoint, out var found) ? found : [];

    /// <summary>Takes back what was stored before a restart, except what has run out meanwhile.</summary>
    /// <param name="stored">Everything the store had.</param>
    /// <param name="isKnown">Whether the endpoint still has an account.</param>
    /// <param name="now">Decides what has run out.</param>
    public void Load(IEnumerable<RegistrationBinding> stored, Func<EndpointId, bool> isKnown, DateTimeOffset now)
    {
        foreach (var one in stored)
        {
            if (one.ExpiresAt > now && isKnown(one.Endpoint) && ContactBinding.FromStored(one) is { } binding)
                Put(binding);
            else
                store.Remove(driver, one.Endpoint, one.Contact);
        }
    }

    /// <summary>Does what the request asks, whole or not at all.</summary>
    public RegisterResult Handle(RegisterRequest request, DateTimeOffset now)
    {
        var bound = Contacts(request.Endpoint);
        if (request.Everything)
            return RemoveEverything(request, bound, now);
        var checkedContacts = Check(request, bound, now, out var refusal);
        if (refusal is not null)
            return refusal;
        foreach (var (contact, life) in checkedContacts)
        {
            if (life == TimeSpan.Zero)
                Remove(request.Endpoint, contact.Uri);
            else
                Save(Bind(request, contact, now + life));
        }
        return Answer(request.Endpoint, now);
    }

    /// <summary>Removes what has run out.</summary>
    public void Expire(DateTimeOffset now)
    {
        while (_expiries.TryPeek(out var due, out var at) && at <= now)
        {
            _expiries.Dequeue();
            if (Find(Contacts(due.Endpoint), due.Uri) is not { } binding)
                continue;
            // A refresh does not move the entry in the queue; it goes back in when its old time has come.
            if (binding.ExpiresAt <= now)
                Remove(due.Endpoint, due.Uri);
            else
                _expiries.Enqueue(due, binding.ExpiresAt);
        }
    }

    private RegisterResult RemoveEverything(RegisterRequest request, IReadOnlyList<ContactBinding> bound, DateTimeOffset now)
    {
        if (request.Expires != 0 || request.Contacts.Count > 0)
            return new RegisterResult.Refused(400);
        if (bound.Any(binding => IsOutOfOrder(request, binding)))
            return new RegisterResult.Refused(500);
        foreach (var binding in bound)
            Remove(request.Endpoint, binding.Uri);
        return Answer(request.Endpoint, now);
    }

    private List<(RegisterContact Contact, TimeSpan Life)> Check(
        RegisterRequest request, IReadOnlyList<ContactBinding> bound, DateTimeOffset now, out RegisterResult? refusal)
    {
        refusal = null;
        List<(RegisterContact, TimeSpan)> accepted = [];
        var live = bound.Where(binding => binding.ExpiresAt > now).Select(binding => binding.Uri).ToHashSet(StringComparer.Ordinal);
        foreach (var contact in request.Contacts)
        {
            var life = Life(contact, request);
            if (life > TimeSpan.Zero && life < policy.Min)
                refusal ??= new RegisterResult.TooBrief((int)policy.Min.TotalSeconds);
            if (Find(bound, contact.Uri) is { } before && IsOutOfOrder(request, before))
                refusal ??= new RegisterResult.Refused(500);
            if (life > TimeSpan.Zero)
                live.Add(contact.Uri);
            else
                live.Remove(contact.Uri);
            accepted.Add((contact, life > policy.Max ? policy.Max : life));
        }
        if (accepted.Count > 0 && live.Count > policy.MaxContacts)
            refusal ??= new RegisterResult.Refused(403);
        return accepted;
    }

    private TimeSpan Life(RegisterContact contact, RegisterRequest request) =>
        (contact.Expires ?? request.Expires) is { } seconds ? TimeSpan.FromSeconds(seconds) : policy.Default;

    // RFC 3261 §10.3 steps 6 and 7: within one Call-ID only a higher CSeq may change a binding.
    private static bool IsOutOfOrder(RegisterRequest request, ContactBinding binding) =>
        binding.CallId == request.CallId && request.CSeq <= binding.CSeq;

    private static ContactBinding Bind(RegisterRequest request, RegisterContact contact, DateTimeOffset expiresAt) => new()
    {
        Endpoint = request.Endpoint,
        Uri = contact.Uri,
        Address = request.From.BehindNat || contact.Address is null ? request.From.Address : contact.Address,
        Local = request.From.Local,
        CallId = request.CallId,
        CSeq = request.CSeq,
        ExpiresAt = expiresAt,
    };

    private static ContactBinding? Find(IReadOnlyList<ContactBinding> among, string uri)
    {
        foreach (var binding in among)
        {
            if (binding.Uri == uri)
                return binding;
        }
        return null;
    }

    private void Save(ContactBinding binding)
    {
        store.Save(binding.ToStored(driver));
        Put(binding);
    }

    private void Put(ContactBinding binding)
    {
        var before = Contacts(binding.Endpoint);
        var replaced = Find(before, binding.Uri);
        _bindings[binding.Endpoint] = [.. before.Where(other => other.Uri != binding.Uri), binding];
        if (replaced is null || binding.ExpiresAt < replaced.ExpiresAt)
            _expiries.Enqueue((binding.Endpoint, binding.Uri), binding.ExpiresAt);
        if (before.Count == 0)
            reachability(binding.Endpoint, true);
    }

    private void Remove(EndpointId endpoint, string uri)
    {
        var before = Contacts(endpoint);
        if (Find(before, uri) is null)
            return;
        store.Remove(driver, endpoint, uri);
        ContactBinding[] left = [.. before.Where(binding => binding.Uri != uri)];
        if (left.Length > 0)
        {
            _bindings[endpoint] = left;
            return;
        }
        _bindings.TryRemove(endpoint, out _);
        reachability(endpoint, false);
    }

    private RegisterResult.Bound Answer(EndpointId endpoint, DateTimeOffset now) => new(
        [.. Contacts(endpoint).Where(binding => binding.ExpiresAt > now)
            .Select(binding => new BoundContact(binding.Uri, (int)Math.Ceiling((binding.ExpiresAt - now).TotalSeconds)))]);
}

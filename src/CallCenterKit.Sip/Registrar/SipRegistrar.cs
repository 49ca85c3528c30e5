using System.Net;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Keeps where every endpoint is reachable (RFC 3261 §10.3).</summary>
/// <remarks>Called by one thread at a time; <see cref="Contacts"/> by any.</remarks>
/// <param name="driver">The name under which bindings are stored.</param>
/// <param name="policy">How long and how many.</param>
/// <param name="store">Told of every change.</param>
/// <param name="reachability">Told when an endpoint gets its first contact that is alive (true) or loses its last (false).</param>
internal sealed class SipRegistrar(string driver, RegistrationPolicy policy, IRegistrationStore store, Action<EndpointId, bool> reachability)
{
    private readonly ContactTable _contacts = new();
    private readonly ContactExpiries _expiries = new();
    private readonly HashSet<EndpointId> _reachable = [];

    /// <summary>Called with every contact that a REGISTER has named anew or again.</summary>
    public Action<ContactBinding>? Registered { get; set; }

    /// <summary>When <see cref="Expire"/> has something to look at; null when nothing is bound.</summary>
    public DateTimeOffset? NextExpiry => _expiries.Next;

    /// <summary>Every contact there is.</summary>
    public IEnumerable<ContactBinding> All => _contacts.All;

    /// <summary>Where the endpoint is bound, the most recent last; those that have just run out may still be among them, and those that do not answer are.</summary>
    public IReadOnlyList<ContactBinding> Contacts(EndpointId endpoint) => _contacts.Of(endpoint);

    /// <summary>Null when it is bound no longer.</summary>
    public ContactBinding? Find(ContactKey key) => _contacts.Find(key);

    /// <summary>The contacts whose packets take this way.</summary>
    public IReadOnlyList<ContactKey> Over(ContactFlow flow) => _contacts.Over(flow);

    /// <summary>Adds a contact from the configuration.</summary>
    public void AddFixed(ContactBinding contact)
    {
        _contacts.Put(contact);
        Settle(contact.Endpoint);
    }

    /// <summary>Takes back what was stored before a restart, except what has run out meanwhile.</summary>
    /// <param name="stored">Everything the store had.</param>
    /// <param name="isKnown">Whether the endpoint still has an account.</param>
    /// <param name="now">Decides what has run out.</param>
    /// <param name="isProbed">Somebody asks contacts whether they are there.</param>
    public void Load(IEnumerable<RegistrationBinding> stored, Func<EndpointId, bool> isKnown, DateTimeOffset now, bool isProbed = false)
    {
        foreach (var one in stored)
        {
            if (one.ExpiresAt > now && isKnown(one.Endpoint) && ContactBinding.FromStored(one) is { } binding)
                Put(Reconnected(binding, isProbed));
            else
                store.Remove(driver, one.Endpoint, one.Contact);
        }
    }

    /// <summary>Does what the request asks, whole or not at all.</summary>
    public RegisterResult Handle(RegisterRequest request, DateTimeOffset now)
    {
        var bound = Registrations(request.Endpoint);
        if (request.Everything)
            return RemoveEverything(request, bound, now);
        var checkedContacts = Check(request, bound, now, out var refusal);
        if (refusal is not null)
            return refusal;
        foreach (var (contact, life) in checkedContacts)
        {
            var before = RemoveReplaced(request, contact, keepStored: life > TimeSpan.Zero ? contact.Uri : null);
            if (life > TimeSpan.Zero)
                Save(Bind(request, contact, now + life) with { RoundTrip = before?.RoundTrip });
        }
        Settle(request.Endpoint);
        return Answer(request.Endpoint, now);
    }

    /// <summary>Removes what has run out.</summary>
    public void Expire(DateTimeOffset now)
    {
        while (_expiries.TryTake(now, out var key))
        {
            if (_contacts.Find(key) is not { } binding)
                continue;
            if (binding.ExpiresAt <= now)
                Remove(key);
            else
                _expiries.Add(key, binding.ExpiresAt);
        }
    }

    /// <summary>
    /// The connection is gone: whoever registered over it is not there any more (RFC 5626 §4.2). A phone to which we have opened
    /// the connection ourselves can be called again.
    /// </summary>
    public void Closed(ContactFlow flow)
    {
        foreach (var key in _contacts.Over(flow))
        {
            if (_contacts.Find(key) is { IsOverConnection: true })
                Remove(key);
        }
    }

    /// <summary>Notes whether a contact answers.</summary>
    /// <param name="key">One that is bound no longer is ignored.</param>
    /// <param name="isAlive">It does.</param>
    /// <param name="roundTrip">How long it took; null when it was not measured.</param>
    public void SetAlive(ContactKey key, bool isAlive, TimeSpan? roundTrip)
    {
        if (_contacts.Find(key) is not { } binding)
            return;
        if (binding.IsAlive == isAlive && (roundTrip is null || roundTrip == binding.RoundTrip))
            return;
        _contacts.Replace(binding with { IsAlive = isAlive, RoundTrip = roundTrip ?? binding.RoundTrip });
        Settle(key.Endpoint);
    }

    private List<ContactBinding> Registrations(EndpointId endpoint) => [.. _contacts.Of(endpoint).Where(binding => !binding.IsFixed)];

    private RegisterResult RemoveEverything(RegisterRequest request, List<ContactBinding> bound, DateTimeOffset now)
    {
        if (request.Expires != 0 || request.Contacts.Count > 0)
            return new RegisterResult.Refused(400);
        if (bound.Any(binding => IsOutOfOrder(request, binding)))
            return new RegisterResult.Refused(500);
        foreach (var binding in bound)
            Remove(binding.Key);
        return Answer(request.Endpoint, now);
    }

    private List<(RegisterContact Contact, TimeSpan Life)> Check(
        RegisterRequest request, List<ContactBinding> bound, DateTimeOffset now, out RegisterResult? refusal)
    {
        refusal = null;
        List<(RegisterContact, TimeSpan)> accepted = [];
        var others = bound.Where(binding => binding.ExpiresAt > now).ToList();
        List<string> named = [];
        foreach (var contact in request.Contacts)
        {
            var life = Life(contact, request);
            if (life > TimeSpan.Zero && life < policy.Min)
                refusal ??= new RegisterResult.TooBrief((int)policy.Min.TotalSeconds);
            if (bound.Exists(binding => IsReplaced(binding, contact, request) && IsOutOfOrder(request, binding)))
                refusal ??= new RegisterResult.Refused(500);
            others.RemoveAll(binding => IsReplaced(binding, contact, request));
            named.RemoveAll(uri => ContactUri.Same(uri, contact.Uri));
            if (life > TimeSpan.Zero)
                named.Add(contact.Uri);
            accepted.Add((contact, life > policy.Max ? policy.Max : life));
        }
        if (accepted.Count > 0 && others.Count + named.Count > policy.MaxContacts)
            refusal ??= new RegisterResult.Refused(403);
        return accepted;
    }

    private TimeSpan Life(RegisterContact contact, RegisterRequest request) =>
        (contact.Expires ?? request.Expires) is { } seconds ? TimeSpan.FromSeconds(seconds) : policy.Default;

    // RFC 3261 §10.3 steps 6 and 7: within one Call-ID only a higher CSeq may change a binding.
    private static bool IsOutOfOrder(RegisterRequest request, ContactBinding binding) =>
        binding.CallId == request.CallId && request.CSeq <= binding.CSeq;

    // The same URI, or the same way to the same device from a new address (RFC 5626 §6). What the request itself names stays.
    private static bool IsReplaced(ContactBinding binding, RegisterContact contact, RegisterRequest request) =>
        ContactUri.Same(binding.Uri, contact.Uri)
        || (contact.Instance is not null
            && string.Equals(binding.Instance, contact.Instance, StringComparison.OrdinalIgnoreCase)
            && binding.RegId == contact.RegId
            && !request.Contacts.Any(other => ContactUri.Same(binding.Uri, other.Uri)));

    // The one with the same URI, if there was one.
    private ContactBinding? RemoveReplaced(RegisterRequest request, RegisterContact contact, string? keepStored)
    {
        ContactBinding? same = null;
        foreach (var binding in Registrations(request.Endpoint))
        {
            if (!IsReplaced(binding, contact, request))
                continue;
            _contacts.Remove(binding.Key);
            if (binding.Uri != keepStored)
                store.Remove(driver, binding.Endpoint, binding.Uri);
            if (ContactUri.Same(binding.Uri, contact.Uri))
                same = binding;
        }
        return same;
    }

    private static ContactBinding Bind(RegisterRequest request, RegisterContact contact, DateTimeOffset expiresAt)
    {
        var (protocol, address) = Way(request.From, contact);
        return new()
        {
            Endpoint = request.Endpoint,
            Uri = contact.Uri,
            Protocol = protocol,
            Address = address,
            Local = request.From.Local,
            IsOverConnection = protocol != SipTransportProtocol.Udp && protocol == request.From.Protocol && address.Equals(request.From.Address),
            CallId = request.CallId,
            CSeq = request.CSeq,
            ExpiresAt = expiresAt,
            QThousandths = contact.QThousandths ?? ContactBinding.HighestQ,
            Instance = contact.Instance,
            RegId = contact.RegId,
        };
    }

    private static (SipTransportProtocol Protocol, IPEndPoint Address) Way(RegisterSource from, RegisterContact contact)
    {
        var wanted = contact.Protocol ?? from.Protocol;
        // Over the connection the phone has opened, whichever stream it names: its own address is often behind a NAT and seldom listens.
        if (from.Protocol == SipTransportProtocol.Tls || (from.Protocol == SipTransportProtocol.Tcp && wanted == SipTransportProtocol.Tcp))
            return (from.Protocol, from.Address);
        // TLS that was asked for is never given up for a way that can be read.
        if (wanted != from.Protocol && contact.Address is not null && (wanted == SipTransportProtocol.Tls || !from.BehindNat))
            return (wanted, contact.Address);
        return (from.Protocol, from.BehindNat || contact.Address is null || wanted != from.Protocol ? from.Address : contact.Address);
    }

    // A connection does not outlive the process that held it: the phone is tried at its own address, and counts when it has answered.
    private static ContactBinding Reconnected(ContactBinding binding, bool isProbed) => binding.Protocol == SipTransportProtocol.Udp
        ? binding
        : binding with { Address = ContactUri.Read(binding.Uri).Address ?? binding.Address, IsAlive = !isProbed };

    private void Save(ContactBinding binding)
    {
        store.Save(binding.ToStored(driver));
        Put(binding);
        Registered?.Invoke(binding);
    }

    private void Put(ContactBinding binding)
    {
        _contacts.Put(binding);
        _expiries.Add(binding.Key, binding.ExpiresAt);
        Settle(binding.Endpoint);
    }

    private void Remove(ContactKey key)
    {
        if (_contacts.Remove(key) is null)
            return;
        store.Remove(driver, key.Endpoint, key.Uri);
        Settle(key.Endpoint);
    }

    private void Settle(EndpointId endpoint)
    {
        var isReachable = _contacts.Of(endpoint).Any(binding => binding.IsAlive);
        if (isReachable ? _reachable.Add(endpoint) : _reachable.Remove(endpoint))
            reachability(endpoint, isReachable);
    }

    private RegisterResult.Bound Answer(EndpointId endpoint, DateTimeOffset now) => new(
        [.. Registrations(endpoint).Where(binding => binding.ExpiresAt > now)
            .Select(binding => new BoundContact(binding.Uri, (int)Math.Ceiling((binding.ExpiresAt - now).TotalSeconds))
            {
                Parameters = BoundContact.ParametersOf(binding),
            })]);
}

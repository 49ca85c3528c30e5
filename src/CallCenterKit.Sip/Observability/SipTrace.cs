using System.Net;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Observability;

/// <summary>Keeps the latest messages that pass a filter. Any thread; costs the reading of a flag while it is off.</summary>
internal sealed class SipTrace(SipServices services)
{
    private readonly Lock _lock = new();
    private volatile Running? _running;
    private SipTraceEntry[] _ring = [];
    private long _count;

    /// <summary>What the hooks ask before they do anything.</summary>
    public bool IsOn => _running is not null;

    /// <summary>Begins anew; what was kept is forgotten.</summary>
    public void Start(SipTraceFilter filter)
    {
        lock (_lock)
        {
            _ring = new SipTraceEntry[filter.Capacity];
            _count = 0;
        }
        _running = new(filter, services);
    }

    /// <summary>Takes nothing more; what was kept can still be read.</summary>
    public void Stop() => _running = null;

    /// <summary>What is kept, the oldest first, without those up to and including the number.</summary>
    public IReadOnlyList<SipTraceEntry> Read(long after)
    {
        lock (_lock)
        {
            var first = Math.Max(Math.Max(after, 0), _count - _ring.Length);
            List<SipTraceEntry> entries = [];
            for (var i = first; i < _count; i++)
                entries.Add(_ring[i % _ring.Length]);
            return entries;
        }
    }

    /// <summary>The hook of what is received.</summary>
    public void OnReceived(SipMessage message, ISipTransport transport, IPEndPoint source) => Take(message, isReceived: true, transport, source);

    /// <summary>The hook of what is sent.</summary>
    public void OnSent(ReadOnlySpan<byte> bytes, ISipTransport transport, IPEndPoint destination)
    {
        if (!IsOn)
            return;
        using var message = SipMessage.Parse(bytes);
        Take(message, isReceived: false, transport, destination);
    }

    private void Take(SipMessage message, bool isReceived, ISipTransport transport, IPEndPoint remote)
    {
        if (_running is not { } running || !running.Takes(message, remote))
            return;
        var text = SipTraceText.Write(message, running.Filter.ShowNumbers);
        var at = services.Time.GetUtcNow();
        SipTraceEntry entry;
        lock (_lock)
        {
            entry = new(_count + 1, at, isReceived, transport.Protocol, transport.LocalEndPoint, remote, text);
            _ring[_count++ % _ring.Length] = entry;
        }
        if (services.Logger.IsEnabled(LogLevel.Debug))
            SipLog.Traced(services.Logger, isReceived ? "from" : "to", remote, text);
    }

    private sealed class Running(SipTraceFilter filter, SipServices services)
    {
        private readonly byte[]? _callId = filter.SipCallId is { } callId ? Encoding.UTF8.GetBytes(callId) : null;

        // Of an endpoint that has an account.
        private readonly string? _user = filter.Endpoint is { } endpoint ? services.Accounts.FindByEndpoint(endpoint)?.User : null;

        public SipTraceFilter Filter { get; } = filter;

        public bool Takes(SipMessage message, IPEndPoint remote) =>
            (_callId is null || message.CallId.SequenceEqual(_callId))
            && (Filter.Address is not { } address || Plain(remote.Address).Equals(Plain(address)))
            && (Filter.Endpoint is not { } endpoint || IsOf(endpoint, message, remote));

        private bool IsOf(EndpointId endpoint, SipMessage message, IPEndPoint remote) =>
            (message.TryGetFrom(out var from) && IsUser(from))
            || (message.TryGetTo(out var to) && IsUser(to))
            || services.Registrar.Contacts(endpoint).Any(contact => contact.Address.Equals(remote));

        private bool IsUser(SipNameAddress address) => SipUri.TryParse(address.Uri, out var uri) && !uri.User.IsEmpty && uri.DecodeUser() == _user;

        private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}

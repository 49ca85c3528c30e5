using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Resolving;

/// <summary>A stub resolver: asks the machine's name servers one after another, and remembers what they said.</summary>
/// <remarks>Any thread. Equal questions that are open at the same time are asked once.</remarks>
internal sealed partial class DnsClient : IDnsLookups
{
    private const int MaxAliases = 8;
    private const int NoError = 0, NoSuchName = 3;

    private readonly SipDnsOptions _options;
    private readonly IDnsExchange _exchange;
    private readonly DnsServers _servers;
    private readonly HostsFile? _hosts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly DnsCache _cache;
    private readonly Dictionary<(string Name, DnsType Type), TaskCompletionSource<DnsLookup>> _flights = [];
    private IPEndPoint? _lastGood;

    /// <param name="options">Not changed afterwards.</param>
    /// <param name="exchange">Reaches the servers.</param>
    /// <param name="servers">Which ones.</param>
    /// <param name="hosts">Asked first for addresses; null: not at all.</param>
    /// <param name="time">Limits and lives.</param>
    /// <param name="logger">Told when nobody answers.</param>
    public DnsClient(SipDnsOptions options, IDnsExchange exchange, DnsServers servers, HostsFile? hosts, TimeProvider time, ILogger logger)
    {
        _options = options;
        _exchange = exchange;
        _servers = servers;
        _hosts = hosts;
        _time = time;
        _logger = logger;
        _start = time.GetTimestamp();
        _cache = new(options.MaxAnswers);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public async ValueTask<DnsLookup> LookUpAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        if (FindInHosts(name, type) is { } local)
            return local;
        TaskCompletionSource<DnsLookup>? flight, mine = null;
        lock (_lock)
        {
            if (_cache.Fresh(name, type, Now) is { } known)
                return known;
            if (!_flights.TryGetValue((name, type), out flight))
            {
                flight = mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _flights.Add((name, type), flight);
            }
        }
        // Not awaited: the flight belongs to all who wait for it, and ends by itself, without a fault, when every server had its time.
        if (mine is not null)
            _ = FlyAsync(name, type, mine);
        return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private DnsLookup? FindInHosts(string name, DnsType type)
    {
        if (type is not (DnsType.A or DnsType.Aaaa) || _hosts?.Find(name) is not { } addresses)
            return null;
        var family = type == DnsType.A ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        DnsRecord[] records = [.. addresses.Where(address => address.AddressFamily == family).Select(address => new DnsRecord.Address(name, 0, address))];
        return records.Length > 0 ? new DnsLookup.Found(records) : new DnsLookup.Nothing();
    }

    private async Task FlyAsync(string name, DnsType type, TaskCompletionSource<DnsLookup> flight)
    {
        var (answer, life) = await FollowAsync(name, type).ConfigureAwait(false);
        lock (_lock)
        {
            answer = Keep(name, type, answer, life);
            _flights.Remove((name, type));
        }
        if (answer is DnsLookup.Failed failed)
            LogFailed(_logger, name, type, failed.Why);
        flight.SetResult(answer);
    }

    private DnsLookup Keep(string name, DnsType type, DnsLookup answer, TimeSpan life)
    {
        var now = Now;
        if (answer is DnsLookup.Failed && _cache.Stale(name, type, now) is { } stale and not DnsLookup.Failed)
        {
            // Asked again soon, used meanwhile (RFC 8767 §5); its own end does not move.
            _cache.Extend(name, type, now + life);
            return stale;
        }
        _cache.Put(name, type, answer, now + life, now + life + (answer is DnsLookup.Found ? _options.StaleLife : TimeSpan.Zero));
        return answer;
    }

    // RFC 1034 §3.6.2, bounded: each turn is a question, since most servers put a whole chain into one answer.
    private async Task<(DnsLookup Answer, TimeSpan Life)> FollowAsync(string name, DnsType type)
    {
        var current = name;
        var life = _options.MaxLife;
        for (var aliases = 0; aliases <= MaxAliases;)
        {
            var (message, fault) = await AskServersAsync(current, type).ConfigureAwait(false);
            if (message is null)
                return (new DnsLookup.Failed(fault), _options.MinLife);
            while (true)
            {
                DnsRecord[] records = [.. message.Answers.Where(record => record.Owner == current && Is(record, type))];
                if (records.Length > 0)
                    return (new DnsLookup.Found(records), Clamp(Shorter(life, records.Min(record => record.TtlSeconds)), _options.MaxLife));
                if (message.Answers.OfType<DnsRecord.Alias>().FirstOrDefault(record => record.Owner == current) is not { } alias || ++aliases > MaxAliases)
                    break;
                current = alias.Target;
                life = Shorter(life, alias.TtlSeconds);
            }
            if (aliases > MaxAliases)
                break;
            if (current == message.Name || message.Code == NoSuchName || message.Authority is not null)
                return (new DnsLookup.Nothing(), Clamp(NegativeLife(message), _options.MaxNegativeLife));
        }
        return (new DnsLookup.Failed($"'{name}' is an alias of an alias more than {MaxAliases} times."), _options.MinLife);
    }

    private static bool Is(DnsRecord record, DnsType type) => (type, record) switch
    {
        (DnsType.A, DnsRecord.Address { Value.AddressFamily: AddressFamily.InterNetwork }) => true,
        (DnsType.Aaaa, DnsRecord.Address { Value.AddressFamily: AddressFamily.InterNetworkV6 }) => true,
        (DnsType.Srv, DnsRecord.Server) or (DnsType.Naptr, DnsRecord.Pointer) => true,
        _ => false,
    };

    private async Task<(DnsMessage? Message, string Fault)> AskServersAsync(string name, DnsType type)
    {
        var fault = "";
        for (var attempt = 0; attempt < _options.Attempts; attempt++)
        {
            foreach (var server in InOrder(_servers.Current))
            {
                (var message, fault) = await AskServerAsync(server, name, type).ConfigureAwait(false);
                if (message is null)
                    continue;
                Volatile.Write(ref _lastGood, server);
                return (message, "");
            }
        }
        return (null, fault);
    }

    // The server that answered last is asked first, so that a dead one in front of it costs its time once only.
    private IEnumerable<IPEndPoint> InOrder(IReadOnlyList<IPEndPoint> servers) =>
        Volatile.Read(ref _lastGood) is { } good && servers.Contains(good) ? servers.OrderBy(server => !server.Equals(good)) : servers;

    private async Task<(DnsMessage? Message, string Fault)> AskServerAsync(IPEndPoint server, string name, DnsType type)
    {
        try
        {
            var (message, error) = await AskOnceAsync(server, name, type, overTcp: false).ConfigureAwait(false);
            if (error == DnsParseError.None && message.IsTruncated)
                (message, error) = await AskOnceAsync(server, name, type, overTcp: true).ConfigureAwait(false);
            if (error != DnsParseError.None)
                return (null, $"{server} gave an answer for '{name}' that cannot be read: {error}.");
            return message is { Code: NoError or NoSuchName, IsTruncated: false }
                ? (message, "")
                : (null, string.Create(CultureInfo.InvariantCulture, $"{server} refused to answer for '{name}' with code {message.Code}."));
        }
        catch (OperationCanceledException)
        {
            return (null, $"{server} did not answer for '{name}' within {_options.Timeout}.");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return (null, $"{server} could not be asked for '{name}': {exception.Message}");
        }
    }

    private async Task<(DnsMessage Message, DnsParseError Error)> AskOnceAsync(IPEndPoint server, string name, DnsType type, bool overTcp)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        var query = new DnsQuery((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name, type);
        var bytes = await _exchange.AskAsync(server, query, overTcp, limit.Token).ConfigureAwait(false);
        var error = DnsMessage.Parse(bytes, out var message);
        return (message, error);
    }

    // RFC 2308 §5; an absence that nobody explains is kept for the shortest time.
    private static TimeSpan NegativeLife(DnsMessage message) =>
        message.Authority is { } authority ? TimeSpan.FromSeconds(Math.Min(authority.TtlSeconds, authority.Minimum)) : TimeSpan.Zero;

    private TimeSpan Clamp(TimeSpan life, TimeSpan max) => life > max ? max : life < _options.MinLife ? _options.MinLife : life;

    private static TimeSpan Shorter(TimeSpan life, uint seconds) => TimeSpan.FromSeconds(seconds) is var other && other < life ? other : life;

    [LoggerMessage(3350, LogLevel.Warning, "Name {Name} ({Type}) could not be looked up: {Why}")]
    private static partial void LogFailed(ILogger logger, string name, DnsType type, string why);
}

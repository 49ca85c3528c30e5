using System.Net;
using CallCenterKit.Sip.Resolving;

namespace CallCenterKit.Sip.Tests.Resolving;

/// <summary>Names as a test wants them, and who asked for which.</summary>
internal sealed class Zone : IDnsLookups
{
    private readonly Dictionary<(string, DnsType), List<DnsRecord>> _records = [];
    private readonly HashSet<(string, DnsType)> _broken = [];

    internal List<string> Asked { get; } = [];

    internal Zone A(string name, params string[] addresses) => Add(name, DnsType.A, addresses.Select(address => new DnsRecord.Address(name, 60, IPAddress.Parse(address))));

    internal Zone Aaaa(string name, params string[] addresses) => Add(name, DnsType.Aaaa, addresses.Select(address => new DnsRecord.Address(name, 60, IPAddress.Parse(address))));

    internal Zone Server(string name, int priority, int weight, int port, string target) =>
        Add(name, DnsType.Srv, [new DnsRecord.Server(name, 60, (ushort)priority, (ushort)weight, (ushort)port, target)]);

    internal Zone Pointer(string name, int order, int preference, string service, string replacement, string flags = "s") =>
        Add(name, DnsType.Naptr, [new DnsRecord.Pointer(name, 60, (ushort)order, (ushort)preference, flags, service, replacement)]);

    /// <summary>The machine has other addresses from now on.</summary>
    internal Zone Move(string name, params string[] addresses)
    {
        _records.Remove((name, DnsType.A));
        return A(name, addresses);
    }

    internal Zone Broken(string name, DnsType type)
    {
        _broken.Add((name, type));
        return this;
    }

    public ValueTask<DnsLookup> LookUpAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Asked.Add($"{name} {type}");
        if (_broken.Contains((name, type)))
            return new(new DnsLookup.Failed($"'{name}' is broken."));
        return new(_records.TryGetValue((name, type), out var found) ? new DnsLookup.Found(found) : new DnsLookup.Nothing());
    }

    private Zone Add(string name, DnsType type, IEnumerable<DnsRecord> records)
    {
        if (!_records.TryGetValue((name, type), out var list))
            _records.Add((name, type), list = []);
        list.AddRange(records);
        return this;
    }
}

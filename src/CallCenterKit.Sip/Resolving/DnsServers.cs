using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Resolving;

/// <summary>Which name servers to ask: those of the options, or those of the machine, looked at again now and then.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class DnsServers(SipDnsOptions options, TimeProvider time, string resolverFile = DnsServers.UnixFile)
{
    public const int Port = 53;
    private const string UnixFile = "/etc/resolv.conf";
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<IPEndPoint> _configured = [.. options.Servers.Select(Parse).OfType<IPEndPoint>()];
    private IReadOnlyList<IPEndPoint>? _known;
    private long _readAt;

    /// <summary>In order; at least one.</summary>
    public IReadOnlyList<IPEndPoint> Current
    {
        get
        {
            if (_configured.Count > 0)
                return _configured;
            lock (_lock)
            {
                if (_known is null || time.GetElapsedTime(_readAt) >= ReadAgainAfter)
                {
                    _known = ReadMachine();
                    _readAt = time.GetTimestamp();
                }
                return _known;
            }
        }
    }

    /// <summary>"192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353"; null for anything else.</summary>
    public static IPEndPoint? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new(address, Port)
        : IPEndPoint.TryParse(text, out var endPoint) && endPoint.Port != 0 ? endPoint
        : null;

    /// <summary>The nameserver lines of a resolv.conf.</summary>
    public static List<IPEndPoint> Read(string text)
    {
        List<IPEndPoint> servers = [];
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var address, ..] && IPAddress.TryParse(address, out var parsed))
                servers.Add(new(parsed, Port));
        }
        return servers;
    }

    private List<IPEndPoint> ReadMachine()
    {
        var servers = OperatingSystem.IsWindows() ? ReadInterfaces() : ReadFile();
        // What resolv.conf(5) takes when it names none.
        return servers is { Count: > 0 } ? servers : [new(IPAddress.Loopback, Port)];
    }

    private List<IPEndPoint>? ReadFile()
    {
        try
        {
            return Read(File.ReadAllText(resolverFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static List<IPEndPoint> ReadInterfaces() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(one => one.GetIPProperties().DnsAddresses)
            // Windows lists these where no server is configured; nothing answers there.
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork || !address.IsIPv6SiteLocal)
            .Distinct()
            .Select(address => new IPEndPoint(address, Port)),
    ];
}

using System.Collections.Frozen;
using System.Net;

namespace CallCenterKit.Sip.Resolving;

/// <summary>Names the machine itself knows. Read again when the file has changed; any thread.</summary>
internal sealed class HostsFile(string path, TimeProvider time)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private FrozenDictionary<string, IPAddress[]> _names = FrozenDictionary<string, IPAddress[]>.Empty;
    private DateTime _writtenAt;
    private long? _lookedAt;

    /// <summary>The file of this machine.</summary>
    public static string DefaultPath => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts")
        : "/etc/hosts";

    /// <summary>All addresses of the name, of either family; null when it is not known here and a server has to be asked.</summary>
    /// <param name="name">Normalized.</param>
    public IReadOnlyList<IPAddress>? Find(string name)
    {
        lock (_lock)
        {
            if (_lookedAt is not { } at || time.GetElapsedTime(at) >= LookAgainAfter)
                Look();
            if (_names.TryGetValue(name, out var found))
                return found;
        }
        // RFC 6761 §6.3: this name never leaves the machine.
        return name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : null;
    }

    /// <summary>Lines of an address and names; "#" begins a comment.</summary>
    public static FrozenDictionary<string, IPAddress[]> Parse(string text)
    {
        Dictionary<string, List<IPAddress>> names = new(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !IPAddress.TryParse(words[0], out var address))
                continue;
            foreach (var word in words.Skip(1))
            {
                if (!DnsName.TryNormalize(word, out var name))
                    continue;
                if (!names.TryGetValue(name, out var addresses))
                    names.Add(name, addresses = []);
                if (!addresses.Contains(address))
                    addresses.Add(address);
            }
        }
        return names.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    private void Look()
    {
        _lookedAt = time.GetTimestamp();
        try
        {
            var writtenAt = File.GetLastWriteTimeUtc(path);
            if (writtenAt == _writtenAt)
                return;
            _names = Parse(File.ReadAllText(path));
            _writtenAt = writtenAt;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A machine without the file knows no names; one that is being written is read at the next look.
        }
    }
}

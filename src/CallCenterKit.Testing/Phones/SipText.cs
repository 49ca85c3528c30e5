using System.Globalization;
using System.Text;

namespace CallCenterKit.Testing;

/// <summary>
/// A SIP message as lines of text. Written without a look at the stack under test, so that the two do not share a mistake;
/// it knows as much of RFC 3261 as a scripted phone needs.
/// </summary>
internal sealed class SipText(string startLine)
{
    public const string Version = "SIP/2.0";

    private static readonly Dictionary<string, string> CompactNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["v"] = "Via",
        ["f"] = "From",
        ["t"] = "To",
        ["i"] = "Call-ID",
        ["m"] = "Contact",
        ["l"] = "Content-Length",
        ["c"] = "Content-Type",
        ["k"] = "Supported",
    };

    private readonly List<(string Name, string Value)> _headers = [];

    public string StartLine => startLine;

    public string Body { get; private set; } = "";

    public bool IsRequest => !startLine.StartsWith(Version, StringComparison.Ordinal);

    public string Method => IsRequest ? startLine.Split(' ')[0] : CSeq.Method;

    public string RequestUri => startLine.Split(' ')[1];

    public int Status => IsRequest ? 0 : int.Parse(startLine.AsSpan(8, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    public string Reason => startLine.Length > 12 ? startLine[12..] : "";

    public string CallId => this["Call-ID"];

    public string Branch => ParameterOf(this["Via"], "branch");

    public string FromTag => ParameterOf(this["From"], "tag");

    public string ToTag => ParameterOf(this["To"], "tag");

    public (int Number, string Method) CSeq
    {
        get
        {
            var parts = this["CSeq"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, parts[1]) : (-1, "");
        }
    }

    /// <summary>The first value of a header, or nothing.</summary>
    public string this[string name] => All(name).FirstOrDefault() ?? "";

    public static SipText Request(string method, string uri) => new($"{method} {uri} {Version}");

    public static SipText Response(int status, string reason) => new(string.Create(CultureInfo.InvariantCulture, $"{Version} {status} {reason}"));

    /// <summary>Null when the datagram is no SIP message, such as the two line ends of a keep-alive.</summary>
    public static SipText? Parse(ReadOnlySpan<byte> datagram)
    {
        var text = Encoding.UTF8.GetString(datagram);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var lines = text[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n");
        if (!IsStartLine(lines[0]))
            return null;
        var message = new SipText(lines[0]) { Body = text[(end + 4)..] };
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                message.Add(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        return message;
    }

    public SipText Add(string name, string value)
    {
        _headers.Add((CompactNames.GetValueOrDefault(name, name), value));
        return this;
    }

    public SipText WithBody(string contentType, string body)
    {
        Body = body;
        return Add("Content-Type", contentType);
    }

    /// <summary>Takes over every value of a header, in order.</summary>
    public SipText Copy(SipText from, string name)
    {
        foreach (var value in from._headers.Where(header => Is(header.Name, name)))
            Add(name, value.Value);
        return this;
    }

    /// <summary>A copy with every value of one header left out.</summary>
    public SipText Without(string name)
    {
        var copy = new SipText(startLine) { Body = Body };
        foreach (var header in _headers.Where(header => !Is(header.Name, name)))
            copy.Add(header.Name, header.Value);
        return copy;
    }

    /// <summary>A copy of the request with another transaction: the answer to a challenge.</summary>
    public SipText Again(string topVia, int cseq, params (string Name, string Value)[] added)
    {
        var again = new SipText(startLine) { Body = Body };
        again.Add("Via", topVia);
        foreach (var (name, value) in _headers.Where(header => !Is(header.Name, "Via")))
            again.Add(name, Is(name, "CSeq") ? string.Create(CultureInfo.InvariantCulture, $"{cseq} {Method}") : value);
        foreach (var (name, value) in added)
            again.Add(name, value);
        return again;
    }

    /// <summary>Every value of a header, those joined by commas one by one.</summary>
    public IEnumerable<string> All(string name) => _headers.Where(header => Is(header.Name, name)).SelectMany(header => Split(name, header.Value));

    public override string ToString()
    {
        var text = new StringBuilder(startLine).Append("\r\n");
        foreach (var (name, value) in _headers.Where(header => !Is(header.Name, "Content-Length")))
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n");
        return text.Append(Body).ToString();
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The address inside a From, To, Contact or Route value: what stands in angle brackets, or all of it.</summary>
    public static string UriOf(string nameAddress)
    {
        var open = nameAddress.IndexOf('<', StringComparison.Ordinal);
        var close = nameAddress.IndexOf('>', Math.Max(open, 0));
        return open >= 0 && close > open ? nameAddress[(open + 1)..close] : nameAddress.Split(';')[0].Trim();
    }

    /// <summary>A parameter of a header value, outside of angle brackets; empty when it is not there.</summary>
    public static string ParameterOf(string value, string name)
    {
        var close = value.LastIndexOf('>');
        foreach (var part in value[(close + 1)..].Split(';').Skip(1))
        {
            var pair = part.Split('=', 2);
            if (Is(pair[0].Trim(), name))
                return pair.Length == 2 ? pair[1].Trim() : "";
        }

        return "";
    }

    private static bool IsStartLine(string line)
    {
        var parts = line.Split(' ');
        return line.StartsWith(Version + " ", StringComparison.Ordinal)
            ? parts[1].Length == 3 && parts[1].All(char.IsAsciiDigit)
            : parts.Length == 3 && parts[2] == Version;
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    // Only these are split: a date, a display name or a challenge has commas of its own.
    private static List<string> Split(string name, string value)
    {
        if (!(Is(name, "Via") || Is(name, "Contact") || Is(name, "Route") || Is(name, "Record-Route")))
            return [value];
        var parts = new List<string>();
        int start = 0, depth = 0;
        var quoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            quoted ^= value[i] == '"';
            depth += quoted ? 0 : value[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (value[i] != ',' || depth != 0 || quoted)
                continue;
            parts.Add(value[start..i].Trim());
            start = i + 1;
        }

        parts.Add(value[start..].Trim());
        return parts;
    }
}

using System.Globalization;
using System.Text;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>
/// The messages of RFC 4475 and RFC 5118, from rfc4475.txt and rfc5118.txt: "=== name" starts one, each line ends with CRLF unless
/// its last character is a backslash, and \xHH is a byte.
/// </summary>
internal static class TortureMessages
{
    internal static IReadOnlyDictionary<string, byte[]> Rfc4475 { get; } = Read("rfc4475.txt");

    internal static IReadOnlyDictionary<string, byte[]> Rfc5118 { get; } = Read("rfc5118.txt");

    private static Dictionary<string, byte[]> Read(string resource)
    {
        using var stream = typeof(TortureMessages).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var messages = new Dictionary<string, List<byte>>();
        List<byte> current = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal)) messages[line[4..]] = current = [];
            else AddLine(current, line);
        }

        return messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private static void AddLine(List<byte> bytes, string line)
    {
        var isWhole = true;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\') bytes.Add((byte)line[i]);
            else if (i == line.Length - 1) isWhole = false;
            else
            {
                bytes.Add(byte.Parse(line.AsSpan(i + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 3;
            }
        }

        if (isWhole) bytes.AddRange("\r\n"u8);
    }
}

using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Trunks;

/// <summary>A host of a trunk as it is configured.</summary>
/// <param name="Host">IPv6 in brackets.</param>
/// <param name="Port">0 when none is given.</param>
internal sealed record TrunkHost(string Host, int Port)
{
    /// <summary>As it stands in a URI.</summary>
    public string Authority => Port == 0 ? Host : $"{Host}:{Port}";

    public static bool TryParse(string? text, out TrunkHost host)
    {
        host = new("", 0);
        if (text is null || !SipHostPort.TryParse(Encoding.UTF8.GetBytes(text), out var name, out var port))
            return false;
        host = new(SipText.Decode(name), port);
        return true;
    }

    /// <exception cref="ArgumentException">The options were not validated.</exception>
    public static TrunkHost Parse(string text) =>
        TryParse(text, out var host) ? host : throw new ArgumentException($"'{text}' must be a name or an address, with or without a port.", nameof(text));
}

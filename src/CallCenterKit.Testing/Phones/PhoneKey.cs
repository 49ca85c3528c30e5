using System.Globalization;

namespace CallCenterKit.Testing;

/// <summary>A line <c>a=crypto</c> of the one suite the phone knows (RFC 4568 §9.1): its tag, and key and salt.</summary>
internal sealed record PhoneKey(int Tag, byte[] Material)
{
    public const int Size = 30;

    private const string Suite = "AES_CM_128_HMAC_SHA1_80";

    /// <summary>Null for a line of another suite.</summary>
    public static PhoneKey? Parse(string line)
    {
        var words = line["a=crypto:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var tag, Suite, var inline] || !int.TryParse(tag, CultureInfo.InvariantCulture, out var number))
            return null;
        var material = Convert.FromBase64String(inline["inline:".Length..].Split('|')[0]);
        return material.Length == Size ? new PhoneKey(number, material) : null;
    }

    public string Write() => $"a=crypto:{Tag} {Suite} inline:{Convert.ToBase64String(Material)}\r\n";
}

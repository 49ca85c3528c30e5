using System.Text;

namespace CallCenterKit.Sip.Messages;

/// <summary>Names of the well-known header fields, long and compact (RFC 3261 §7.3.3, §20), found without allocation.</summary>
internal static class SipHeaders
{
    internal const int Count = (int)SipHeader.WwwAuthenticate + 1;

    private static readonly byte[][] Names = BuildNames();
    private static readonly SipHeader[] Compact = BuildCompact();
    private static readonly SipHeader[][] Buckets = BuildBuckets();

    /// <summary>The long form as it is written; empty for <see cref="SipHeader.Unknown"/>.</summary>
    internal static ReadOnlySpan<byte> Name(SipHeader header) => Names[(int)header];

    /// <summary>Case-insensitive; one letter is a compact form.</summary>
    internal static SipHeader Find(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1) return Compact[name[0] & 0x7F];
        if (name.Length == 0) return SipHeader.Unknown;
        foreach (var candidate in Buckets[Bucket(name)])
        {
            var known = Names[(int)candidate].AsSpan();
            if (name.SequenceEqual(known) || Ascii.EqualsIgnoreCase(name, known)) return candidate;
        }

        return SipHeader.Unknown;
    }

    /// <summary>Fields that may stand once only; a second one makes the message malformed (RFC 3261 §7.3.1).</summary>
    internal static bool IsSingle(SipHeader header) => header is SipHeader.From or SipHeader.To or SipHeader.CallId or SipHeader.CSeq
        or SipHeader.MaxForwards or SipHeader.ContentLength or SipHeader.ContentType or SipHeader.Expires;

    private static int Bucket(ReadOnlySpan<byte> name) =>
        ((name.Length * 67) + ((name[0] | 0x20) * 31) + ((name[^1] | 0x20) * 7) + (name[name.Length / 2] | 0x20)) & 255;

    private static SipHeader[][] BuildBuckets()
    {
        var buckets = new List<SipHeader>[256];
        for (var i = 1; i < Names.Length; i++)
        {
            (buckets[Bucket(Names[i])] ??= []).Add((SipHeader)i);
        }

        return Array.ConvertAll(buckets, bucket => bucket?.ToArray() ?? []);
    }

    private static SipHeader[] BuildCompact()
    {
        var table = new SipHeader[128];
        (char Letter, SipHeader Header)[] forms =
        [
            ('a', SipHeader.Unknown), ('b', SipHeader.ReferredBy), ('c', SipHeader.ContentType), ('d', SipHeader.RequestDisposition),
            ('e', SipHeader.ContentEncoding), ('f', SipHeader.From), ('i', SipHeader.CallId), ('k', SipHeader.Supported),
            ('l', SipHeader.ContentLength), ('m', SipHeader.Contact), ('o', SipHeader.Event), ('r', SipHeader.ReferTo),
            ('s', SipHeader.Subject), ('t', SipHeader.To), ('u', SipHeader.AllowEvents), ('v', SipHeader.Via), ('x', SipHeader.SessionExpires),
        ];
        foreach (var (letter, header) in forms)
        {
            table[letter] = header;
            table[char.ToUpperInvariant(letter)] = header;
        }

        return table;
    }

    private static byte[][] BuildNames()
    {
        var names = new byte[Count][];
        names[0] = [];
        for (var i = 1; i < Count; i++)
        {
            names[i] = Encoding.ASCII.GetBytes((SipHeader)i switch
            {
                SipHeader.CallId => "Call-ID",
                SipHeader.CSeq => "CSeq",
                SipHeader.MinSE => "Min-SE",
                SipHeader.RAck => "RAck",
                SipHeader.RSeq => "RSeq",
                SipHeader.WwwAuthenticate => "WWW-Authenticate",
                SipHeader.PAssertedIdentity => "P-Asserted-Identity",
                SipHeader.PPreferredIdentity => "P-Preferred-Identity",
                SipHeader.InReplyTo => "In-Reply-To",
                var header => Hyphenate(header.ToString()),
            });
        }

        return names;
    }

    private static string Hyphenate(string words)
    {
        var name = new StringBuilder();
        foreach (var letter in words)
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0) name.Append('-');
            name.Append(letter);
        }

        return name.ToString();
    }
}

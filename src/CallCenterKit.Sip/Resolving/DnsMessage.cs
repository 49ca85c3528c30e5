namespace CallCenterKit.Sip.Resolving;

/// <summary>An answer of a name server, as far as it is used.</summary>
internal sealed class DnsMessage
{
    private const int MaxRecords = 512;
    private const ushort ResponseBit = 0x8000, TruncatedBit = 0x0200, ClassInternet = 1;

    public ushort Id { get; private set; }

    /// <summary>It did not fit; nothing behind the question was read.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>0: no error, 3: the name does not exist (RFC 1035 §4.1.1).</summary>
    public int Code { get; private set; }

    public string Name { get; private set; } = "";

    public DnsType Type { get; private set; }

    /// <summary>Records of known types in the answer section.</summary>
    public IReadOnlyList<DnsRecord> Answers { get; private set; } = [];

    /// <summary>From the authority section, where an absence is explained; null when it was not.</summary>
    public DnsRecord.Authority? Authority { get; private set; }

    /// <summary>Reads a whole answer; the message is of use only when there is no error.</summary>
    public static DnsParseError Parse(ReadOnlySpan<byte> bytes, out DnsMessage message)
    {
        message = new();
        var reader = new DnsReader(bytes);
        var error = message.ReadHead(ref reader, out var answers, out var authorities);
        if (error != DnsParseError.None || message.IsTruncated)
            return error;
        if (answers + authorities > MaxRecords)
            return DnsParseError.TooManyRecords;
        List<DnsRecord> records = [];
        for (var i = 0; i < answers + authorities; i++)
        {
            if (!TryReadRecord(ref reader, out var record))
                return DnsParseError.BadRecord;
            if (i >= answers)
                message.Authority ??= record as DnsRecord.Authority;
            else if (record is not null)
                records.Add(record);
        }
        message.Answers = records;
        return DnsParseError.None;
    }

    private DnsParseError ReadHead(ref DnsReader reader, out int answers, out int authorities)
    {
        answers = authorities = 0;
        if (!reader.TryReadUInt16(out var id) || !reader.TryReadUInt16(out var flags) || !reader.TryReadUInt16(out var questions)
            || !reader.TryReadUInt16(out var answerCount) || !reader.TryReadUInt16(out var authorityCount) || !reader.TryReadUInt16(out _))
        {
            return DnsParseError.TooShort;
        }
        Id = id;
        Code = flags & 0xF;
        IsTruncated = (flags & TruncatedBit) != 0;
        answers = answerCount;
        authorities = authorityCount;
        if ((flags & ResponseBit) == 0)
            return DnsParseError.NotAResponse;
        if (questions != 1 || !reader.TryReadName(out var name) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var space) || space != ClassInternet)
            return DnsParseError.BadQuestion;
        Name = name;
        Type = (DnsType)type;
        return DnsParseError.None;
    }

    // The record is null when its type or class is none that is used.
    private static bool TryReadRecord(ref DnsReader reader, out DnsRecord? record)
    {
        record = null;
        if (!reader.TryReadName(out var owner) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var space)
            || !reader.TryReadUInt32(out var ttl) || !reader.TryReadUInt16(out var length))
        {
            return false;
        }
        // RFC 2181 §8: a TTL with its highest bit set counts as 0.
        ttl = ttl > int.MaxValue ? 0 : ttl;
        if (space != ClassInternet || !Enum.IsDefined((DnsType)type))
            return reader.TryRead(length, out _);
        var end = reader.Position + length;
        record = (DnsType)type switch
        {
            DnsType.A when length == 4 => ReadAddress(ref reader, owner, ttl, length),
            DnsType.Aaaa when length == 16 => ReadAddress(ref reader, owner, ttl, length),
            DnsType.Cname => reader.TryReadName(out var target) ? new DnsRecord.Alias(owner, ttl, target) : null,
            DnsType.Srv => ReadServer(ref reader, owner, ttl),
            DnsType.Naptr => ReadPointer(ref reader, owner, ttl),
            DnsType.Soa => ReadAuthority(ref reader, owner, ttl),
            _ => null,
        };
        return record is not null && reader.Position == end;
    }

    private static DnsRecord.Address? ReadAddress(ref DnsReader reader, string owner, uint ttl, int length) =>
        reader.TryRead(length, out var bytes) ? new(owner, ttl, new(bytes)) : null;

    private static DnsRecord.Server? ReadServer(ref DnsReader reader, string owner, uint ttl) =>
        reader.TryReadUInt16(out var priority) && reader.TryReadUInt16(out var weight) && reader.TryReadUInt16(out var port) && reader.TryReadName(out var target)
            ? new(owner, ttl, priority, weight, port, target)
            : null;

    private static DnsRecord.Pointer? ReadPointer(ref DnsReader reader, string owner, uint ttl) =>
        reader.TryReadUInt16(out var order) && reader.TryReadUInt16(out var preference)
        && reader.TryReadText(out var flags) && reader.TryReadText(out var service) && reader.TryReadText(out _) && reader.TryReadName(out var replacement)
            ? new(owner, ttl, order, preference, flags, service, replacement)
            : null;

    private static DnsRecord.Authority? ReadAuthority(ref DnsReader reader, string owner, uint ttl) =>
        reader.TryReadName(out _) && reader.TryReadName(out _) && reader.TryRead(16, out _) && reader.TryReadUInt32(out var minimum)
            ? new(owner, ttl, minimum)
            : null;
}

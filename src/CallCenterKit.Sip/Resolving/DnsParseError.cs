namespace CallCenterKit.Sip.Resolving;

/// <summary>Why the answer of a name server could not be read.</summary>
internal enum DnsParseError
{
    None,

    /// <summary>Not even a header.</summary>
    TooShort,
    NotAResponse,
    BadQuestion,
    BadRecord,

    /// <summary>More than any domain needs.</summary>
    TooManyRecords,
}

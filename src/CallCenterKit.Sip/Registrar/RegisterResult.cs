namespace CallCenterKit.Sip.Registrar;

/// <summary>How to answer a REGISTER.</summary>
internal abstract record RegisterResult
{
    private RegisterResult()
    {
    }

    /// <summary>200 with what is bound now.</summary>
    public sealed record Bound(IReadOnlyList<BoundContact> Contacts) : RegisterResult;

    /// <summary>423 with Min-Expires (RFC 3261 §10.3 step 7).</summary>
    public sealed record TooBrief(int MinExpiresSeconds) : RegisterResult;

    /// <summary>The request makes no sense, is out of order, or asks for too many contacts.</summary>
    public sealed record Refused(int Status) : RegisterResult;
}

/// <summary>One contact and how long it is still good, in whole seconds.</summary>
internal sealed record BoundContact(string Uri, int ExpiresSeconds);

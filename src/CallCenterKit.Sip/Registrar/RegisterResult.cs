using System.Globalization;

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
internal sealed record BoundContact(string Uri, int ExpiresSeconds)
{
    /// <summary>What else the phone said of it and wants to read again: ";q=0.5;+sip.instance=..."; may be empty.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The parameters of a binding, in the form of the header field (RFC 3261 §20.10, RFC 5626 §4.1).</summary>
    public static string ParametersOf(ContactBinding binding)
    {
        var q = binding.QThousandths == ContactBinding.HighestQ ? "" : string.Create(CultureInfo.InvariantCulture, $";q={binding.QThousandths / 1000m:0.###}");
        var instance = binding.Instance is null ? "" : $";+sip.instance=\"{binding.Instance}\"";
        var regId = binding.RegId == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $";reg-id={binding.RegId}");
        return q + instance + regId;
    }
}

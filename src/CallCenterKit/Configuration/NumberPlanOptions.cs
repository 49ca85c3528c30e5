namespace CallCenterKit.Configuration;

/// <summary>How telephone numbers of this country are written.</summary>
public sealed class NumberPlanOptions
{
    /// <summary>The country code, 1 to 3 digits: "370". Null leaves national numbers as they are.</summary>
    public string? CountryCode { get; set; }

    /// <summary>What is dialled before a country code.</summary>
    public string InternationalPrefix { get; set; } = "00";

    /// <summary>What is dialled before an area code.</summary>
    public string TrunkPrefix { get; set; } = "0";
}

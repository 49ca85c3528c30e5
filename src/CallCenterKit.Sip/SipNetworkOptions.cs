using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Sip;

/// <summary>By which address peers in one network reach us.</summary>
public sealed class SipNetworkOptions
{
    /// <summary>Where the peers are: "10.0.0.0/8", "2001:db8::/32". Of several that hold a peer the longest prefix counts.</summary>
    public string Network { get; set; } = "";

    /// <summary>The address they are told in Via, Contact and SDP; of the family of <see cref="Network"/>.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Which of our own addresses in <see cref="SipOptions.Listen"/> requests to them go by; null: the one from which the operating system sends to them.</summary>
    public string? ListenAddress { get; set; }

    /// <summary>The UDP and TCP port they are told, 1 to 65535; null: the port bound.</summary>
    [Range(1, 65_535)]
    public int? AdvertisedPort { get; set; }

    /// <summary>The TLS port they are told, 1 to 65535; null: the port bound.</summary>
    [Range(1, 65_535)]
    public int? AdvertisedTlsPort { get; set; }

    /// <summary>Network and address.</summary>
    public override string ToString() => $"{Network} ({AdvertisedAddress})";
}

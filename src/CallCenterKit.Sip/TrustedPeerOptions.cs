namespace CallCenterKit.Sip;

/// <summary>A peer that is believed by its source address.</summary>
public sealed class TrustedPeerOptions
{
    /// <summary>The name its calls carry as their trunk; 1 to 128 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>An address ("192.0.2.7") or a network ("192.0.2.0/24") its packets come from.</summary>
    public string Address { get; set; } = "";

    /// <summary>Name and address.</summary>
    public override string ToString() => $"{Name} ({Address})";
}

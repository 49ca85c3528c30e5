using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>What the other side of a dialog can do beyond RFC 3261, as its Allow and Supported say.</summary>
[Flags]
internal enum SipAbilities : byte
{
    None = 0,

    /// <summary>UPDATE (RFC 3311).</summary>
    Update = 1,

    /// <summary>INFO (RFC 6086).</summary>
    Info = 2,

    /// <summary>REFER (RFC 3515).</summary>
    Refer = 4,

    /// <summary>Session timers (RFC 4028).</summary>
    Timer = 8,
}

/// <summary>Reads abilities.</summary>
internal static class SipAbilitiesText
{
    public static SipAbilities Allowed(SipMessage message)
    {
        var abilities = SipAbilities.None;
        foreach (var method in message.List(SipHeader.Allow))
        {
            abilities |= SipMethods.Find(method) switch
            {
                SipMethod.Update => SipAbilities.Update,
                SipMethod.Info => SipAbilities.Info,
                SipMethod.Refer => SipAbilities.Refer,
                _ => SipAbilities.None,
            };
        }
        return abilities;
    }
}

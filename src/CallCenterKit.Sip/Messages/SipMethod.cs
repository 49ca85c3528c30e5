namespace CallCenterKit.Sip.Messages;

/// <summary>The request methods this library knows by name. The numbers index the statistics.</summary>
internal enum SipMethod : byte
{
    /// <summary>A token that is none of the others; its text is <see cref="SipMessage.MethodText"/>.</summary>
    Unknown,
    Invite,
    Ack,
    Bye,
    Cancel,
    Options,
    Register,
    Prack,
    Update,
    Info,
    Subscribe,
    Notify,
    Refer,
    Message,
    Publish,
}

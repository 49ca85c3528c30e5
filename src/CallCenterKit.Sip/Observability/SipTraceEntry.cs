using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Observability;

/// <summary>One message of a trace.</summary>
/// <param name="Number">Counts from 1 in each trace; a gap means that older ones were overwritten.</param>
/// <param name="At">When it was received or sent.</param>
/// <param name="IsReceived">Received; otherwise sent, retransmissions included.</param>
/// <param name="Protocol">What carried it.</param>
/// <param name="Local">Our own socket.</param>
/// <param name="Remote">The other side.</param>
/// <param name="Text">The message without what must not be shown.</param>
public sealed record SipTraceEntry(long Number, DateTimeOffset At, bool IsReceived, SipTransportProtocol Protocol, IPEndPoint Local, IPEndPoint Remote, string Text)
{
    /// <summary>Direction and addresses, then the message.</summary>
    public override string ToString() => $"{At:O} {(IsReceived ? $"{Remote} -> {Local}" : $"{Local} -> {Remote}")} {Protocol}\r\n{Text}";
}

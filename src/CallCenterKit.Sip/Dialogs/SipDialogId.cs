using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>Identifies a dialog (RFC 3261 §12).</summary>
internal sealed record SipDialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>Whether a request from the other side belongs to the dialog.</summary>
    public bool Matches(SipMessage request) =>
        Same(request.CallId, CallId) && Same(request.ToTag, LocalTag) && Same(request.FromTag, RemoteTag);

    private static bool Same(ReadOnlySpan<byte> wire, string text) => Ascii.Equals(wire, text) || SipText.Decode(wire) == text;
}

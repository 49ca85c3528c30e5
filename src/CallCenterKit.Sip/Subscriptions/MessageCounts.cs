using System.Globalization;

namespace CallCenterKit.Sip.Subscriptions;

/// <summary>What waits in a mailbox.</summary>
/// <param name="New">Not heard yet; the lamp is lit when there is one.</param>
/// <param name="Old">Heard and kept.</param>
internal readonly record struct MessageCounts(int New, int Old)
{
    public const string Package = "message-summary";

    public const string MediaType = "application/simple-message-summary";

    /// <summary>The body of a NOTIFY (RFC 3842 §3.5, §5.2). Urgent ones are not told apart.</summary>
    /// <param name="account">The URI of the mailbox.</param>
    public string Write(string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"Messages-Waiting: {(New > 0 ? "yes" : "no")}\r\nMessage-Account: {account}\r\nVoice-Message: {New}/{Old} (0/0)\r\n");
}

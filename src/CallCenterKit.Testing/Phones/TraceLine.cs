using System.Globalization;
using System.Net;

namespace CallCenterKit.Testing;

/// <summary>A SIP message that a phone sent or received.</summary>
/// <param name="At">When.</param>
/// <param name="IsSent">Sent rather than received.</param>
/// <param name="Remote">To whom or from whom.</param>
/// <param name="Text">The whole message.</param>
public sealed record TraceLine(DateTimeOffset At, bool IsSent, IPEndPoint Remote, string Text)
{
    /// <summary>The request line or status line.</summary>
    public string StartLine => Text.Split("\r\n", 2)[0];

    /// <summary>Time, direction, the other side and the first line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At:HH:mm:ss.fff} {(IsSent ? "->" : "<-")} {Remote} {StartLine}");
}

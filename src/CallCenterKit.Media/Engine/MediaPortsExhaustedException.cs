namespace CallCenterKit.Media.Engine;

/// <summary>No RTP port was free when a leg asked for one; the message names the range.</summary>
public sealed class MediaPortsExhaustedException : Exception
{
    /// <summary>Says nothing about the range.</summary>
    public MediaPortsExhaustedException()
    {
    }

    /// <summary>Says what the message says.</summary>
    public MediaPortsExhaustedException(string message)
        : base(message)
    {
    }

    /// <summary>Says what the message says, and what caused it.</summary>
    public MediaPortsExhaustedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

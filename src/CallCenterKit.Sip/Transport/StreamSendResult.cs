namespace CallCenterKit.Sip.Transport;

/// <summary>What became of a message given to a connection.</summary>
internal enum StreamSendResult
{
    /// <summary>It is sent, in its turn.</summary>
    Taken,

    /// <summary>Too much waits already.</summary>
    Full,

    /// <summary>The connection takes nothing more.</summary>
    Closed,
}

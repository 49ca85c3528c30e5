namespace CallCenterKit.Sip.Transport;

/// <summary>What stands next in a stream.</summary>
internal enum StreamItem
{
    /// <summary>Nothing whole yet.</summary>
    None,

    /// <summary>A message, from its start line to the end of its body.</summary>
    Message,

    /// <summary>CRLF between messages: the answer to a keep-alive, or half of one (RFC 5626 §4.4.1).</summary>
    LineBreak,

    /// <summary>Two CRLF between messages: a keep-alive that wants an answer.</summary>
    Ping,

    /// <summary>What follows can't be divided into messages any more.</summary>
    Fault,
}

using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Counts since the start, summed over all workers.</summary>
internal sealed class SipStatisticsSnapshot
{
    /// <summary>Length of the arrays indexed by status code.</summary>
    internal const int StatusCodes = 700;

    /// <summary>By <see cref="SipMethod"/>, without retransmissions.</summary>
    internal long[] RequestsReceived { get; } = new long[SipMethods.Count];

    /// <summary>By <see cref="SipMethod"/>, without retransmissions.</summary>
    internal long[] RequestsSent { get; } = new long[SipMethods.Count];

    /// <summary>By status code, with retransmissions.</summary>
    internal long[] ResponsesReceived { get; } = new long[StatusCodes];

    /// <summary>By status code, without retransmissions.</summary>
    internal long[] ResponsesSent { get; } = new long[StatusCodes];

    internal long RetransmissionsReceived { get; set; }

    internal long RetransmissionsSent { get; set; }

    /// <summary>Messages with a fault, answered with 400 or dropped.</summary>
    internal long Malformed { get; set; }

    /// <summary>Responses that belong to no transaction.</summary>
    internal long StrayResponses { get; set; }

    internal long TransportErrors { get; set; }

    /// <summary>Exceptions out of our own code; each is logged.</summary>
    internal long Faults { get; set; }

    /// <summary>Datagrams that are no SIP at all: keep-alives, STUN, noise.</summary>
    internal long Junk { get; set; }

    /// <summary>Messages dropped because a worker was too far behind.</summary>
    internal long Overrun { get; set; }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Transport;

/// <summary>What the sockets of one driver share.</summary>
internal sealed record SipTransportSettings
{
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal ILogger Logger { get; init; } = NullLogger.Instance;

    internal SipStreamOptions Streams { get; init; } = new();

    internal SipTlsOptions Tls { get; init; } = new();

    /// <summary>0 to 63.</summary>
    internal int Dscp { get; init; } = 24;
}

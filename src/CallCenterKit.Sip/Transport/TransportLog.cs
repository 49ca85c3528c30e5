using System.Net;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Transport;

/// <summary>What the sockets log; never a secret of a certificate.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(3002, LogLevel.Warning, "Packets of {LocalEndPoint} can't be marked with DSCP {Dscp}; they go unmarked.")]
    public static partial void NoDscp(ILogger logger, IPEndPoint localEndPoint, int dscp);

    [LoggerMessage(3003, LogLevel.Error, "Connections to {LocalEndPoint} can't be accepted for now: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, IPEndPoint localEndPoint, string reason);

    [LoggerMessage(3004, LogLevel.Information, "Connections to {LocalEndPoint} are accepted again.")]
    public static partial void AcceptsAgain(ILogger logger, IPEndPoint localEndPoint);

    [LoggerMessage(3005, LogLevel.Warning, "A connection of {Peer} to {LocalEndPoint} was refused: {Reason} More of these are logged a minute later.")]
    public static partial void ConnectionRefused(ILogger logger, IPEndPoint peer, IPEndPoint localEndPoint, string reason);

    [LoggerMessage(3006, LogLevel.Debug, "The connection with {Peer} is closed: {Reason}")]
    public static partial void ConnectionClosed(ILogger logger, IPEndPoint peer, string reason);

    [LoggerMessage(3007, LogLevel.Warning, "No connection to {Peer} ({HostName}): {Reason}")]
    public static partial void ConnectFailed(ILogger logger, IPEndPoint peer, string? hostName, string reason);

    [LoggerMessage(3008, LogLevel.Information, "Certificate {Subject} of {File} is in use until {NotAfter:u}.")]
    public static partial void CertificateLoaded(ILogger logger, string subject, string file, DateTime notAfter);

    [LoggerMessage(3009, LogLevel.Error, "Certificate file {File} can't be used, what was read before stays: {Reason}")]
    public static partial void CertificateBroken(ILogger logger, string file, string reason);

    [LoggerMessage(3010, LogLevel.Error, "The connection with {Peer} met a fault in our own code.")]
    public static partial void ConnectionFault(ILogger logger, IPEndPoint peer, Exception exception);
}

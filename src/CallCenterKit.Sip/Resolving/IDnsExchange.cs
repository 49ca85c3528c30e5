using System.Net;

namespace CallCenterKit.Sip.Resolving;

/// <summary>Carries one question to one server. Any thread.</summary>
internal interface IDnsExchange
{
    /// <summary>The answer to this question; what comes from elsewhere or answers another is not given back.</summary>
    /// <exception cref="IOException">The server cannot be reached, or its answer is none.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">As above.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    Task<byte[]> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, CancellationToken cancellationToken);
}

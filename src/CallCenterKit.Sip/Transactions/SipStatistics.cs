using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Counters of one worker, written by it alone and read by anybody through <see cref="AddTo"/>.</summary>
internal sealed class SipStatistics
{
    private readonly long[] _requestsReceived = new long[SipMethods.Count];
    private readonly long[] _requestsSent = new long[SipMethods.Count];
    private readonly long[] _responsesReceived = new long[SipStatisticsSnapshot.StatusCodes];
    private readonly long[] _responsesSent = new long[SipStatisticsSnapshot.StatusCodes];
    private long _retransmissionsReceived, _retransmissionsSent, _malformed, _strayResponses, _transportErrors, _faults;

    internal void CountRequestReceived(SipMethod method) => _requestsReceived[(int)method]++;

    internal void CountRequestSent(SipMethod method) => _requestsSent[(int)method]++;

    internal void CountResponseReceived(int statusCode) => _responsesReceived[statusCode]++;

    internal void CountResponseSent(int statusCode) => _responsesSent[statusCode]++;

    internal void CountRetransmissionReceived() => _retransmissionsReceived++;

    internal void CountRetransmissionSent() => _retransmissionsSent++;

    internal void CountMalformed() => _malformed++;

    internal void CountStrayResponse() => _strayResponses++;

    internal void CountTransportError() => _transportErrors++;

    internal void CountFault() => _faults++;

    internal void AddTo(SipStatisticsSnapshot snapshot)
    {
        Add(_requestsReceived, snapshot.RequestsReceived);
        Add(_requestsSent, snapshot.RequestsSent);
        Add(_responsesReceived, snapshot.ResponsesReceived);
        Add(_responsesSent, snapshot.ResponsesSent);
        snapshot.RetransmissionsReceived += Volatile.Read(ref _retransmissionsReceived);
        snapshot.RetransmissionsSent += Volatile.Read(ref _retransmissionsSent);
        snapshot.Malformed += Volatile.Read(ref _malformed);
        snapshot.StrayResponses += Volatile.Read(ref _strayResponses);
        snapshot.TransportErrors += Volatile.Read(ref _transportErrors);
        snapshot.Faults += Volatile.Read(ref _faults);
    }

    private static void Add(long[] from, long[] to)
    {
        for (var i = 0; i < from.Length; i++) to[i] += Volatile.Read(ref from[i]);
    }
}

using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>All transactions of one worker, found by hash (RFC 3261 §17.1.3, §17.2.3).</summary>
/// <remarks>Worker only.</remarks>
internal sealed class SipTransactionLayer(SipWorker worker, SipTimerOptions times)
{
    private readonly Dictionary<ulong, SipServerTransaction> _servers = [];
    private readonly Dictionary<ulong, SipServerTransaction> _beginnings = []; // those outside of dialogs, to find merged requests
    private readonly Dictionary<ulong, SipClientTransaction> _clients = [];
    private readonly Dictionary<Connection, SipClientTransaction> _byConnection = [];

    internal SipWorker Worker { get; } = worker;

    internal SipTimerOptions Times { get; } = times;

    internal SipBufferPool Buffers { get; } = new();

    internal ISipTransactionUser User => Worker.User;

    internal int ServerCount => _servers.Count;

    internal int ClientCount => _clients.Count;

    /// <summary>Connections over which requests of ours wait.</summary>
    internal int ConnectionCount => _byConnection.Count;

    /// <summary>A request begun, with a new branch in Via, and Max-Forwards. From, To, Call-ID, CSeq and the rest are the caller's.</summary>
    internal SipMessageWriter BeginRequest(SipMethod method, ReadOnlySpan<byte> uri, ISipTransport transport, IPEndPoint remote, int maxForwards = 70) =>
        SipMessageWriter.Rent().StartRequest(method, uri).Via(transport, remote.Address, Worker.NewBranchId()).Header(SipHeader.MaxForwards, maxForwards);

    /// <summary>
    /// Sends the request in a new client transaction; the writer stays the caller's. The Call-ID must be one of this worker
    /// (<see cref="SipWorker.NewCallId"/>), or the answers arrive at another.
    /// </summary>
    /// <returns>Already terminated, after <see cref="ISipClientTransactionOwner.OnFailed"/>, when the transport refused it.</returns>
    internal SipClientTransaction Send(SipMessageWriter request, ISipTransport transport, IPEndPoint remote, ISipClientTransactionOwner owner)
    {
        var key = ClientKey(request.BranchId, request.Method);
        SipClientTransaction transaction = request.Method == SipMethod.Invite
            ? new SipInviteClientTransaction(this, request, transport, remote, owner) { Key = key }
            : new SipNonInviteClientTransaction(this, request, transport, remote, owner) { Key = key };
        _clients.Add(key, transaction);
        if (transport.Protocol != SipTransportProtocol.Udp) Link(transaction);
        transaction.Start();
        return transaction;
    }

    /// <summary>Sends without a transaction: the ACK for a 2xx (RFC 3261 §13.2.2.4).</summary>
    internal bool SendStateless(SipMessageWriter request, ISipTransport transport, IPEndPoint remote)
    {
        Worker.Statistics.CountRequestSent(request.Method);
        return Transmit(transport, request.Finish(), remote);
    }

    /// <summary>Answers a request without a transaction; its retransmissions get the same To tag (RFC 3261 §8.2.7).</summary>
    internal void ReplyStateless(SipMessage request, int statusCode, ReadOnlySpan<byte> reason = default)
    {
        if (request.Transport is not { } transport || request.Source is null || !request.TryGetTopVia(out var via)) return;
        Span<byte> tag = stackalloc byte[SipHex.Length];
        SipHex.Write(tag, StatelessTag(request));
        using var response = SipMessageWriter.Rent().StartResponse(request, statusCode, reason, tag);
        Worker.Statistics.CountResponseSent(statusCode);
        TransmitIfConnected(transport, response.Finish(), SipResponseRoute.Find(request, via));
    }

    /// <summary>The tag of a response that is not kept: it follows from the request.</summary>
    internal ulong StatelessTag(SipMessage request) =>
        Worker.Hash.Compute(request.CallId) ^ (request.TryGetTopVia(out var via) ? Worker.Hash.Compute(via.Branch) : 0);

    /// <summary>Sends a response over the connection its request came by; over none that would have to be opened.</summary>
    internal bool TransmitIfConnected(ISipTransport transport, ReadOnlySpan<byte> message, IPEndPoint remote)
    {
        Note(transport, message, remote);
        if (transport.SendIfConnected(message, remote)) return true;
        Worker.Statistics.CountTransportError();
        return false;
    }

    internal bool Transmit(ISipTransport transport, ReadOnlySpan<byte> message, IPEndPoint remote)
    {
        Note(transport, message, remote);
        if (transport.Send(message, remote)) return true;
        Worker.Statistics.CountTransportError();
        return false;
    }

    private void Note(ISipTransport transport, ReadOnlySpan<byte> message, IPEndPoint remote)
    {
        if (Worker.Stack.Trace is { IsOn: true } trace) trace.OnSent(message, transport, remote);
    }

    internal void OnMessage(SipMessage message)
    {
        if (message.IsRequest) OnRequest(message);
        else OnResponse(message);
    }

    internal void Remove(SipServerTransaction transaction)
    {
        _servers.Remove(transaction.Key);
        EndMerging(transaction);
    }

    /// <summary>What is like this request is merged with it no more: it was refused, and careless clients repeat it, better, under its number.</summary>
    internal void EndMerging(SipServerTransaction transaction)
    {
        if (transaction.MergeKey != 0) _beginnings.Remove(transaction.MergeKey);
        transaction.MergeKey = 0;
    }

    internal void Remove(SipClientTransaction transaction)
    {
        _clients.Remove(transaction.Key);
        if (transaction.Transport.Protocol != SipTransportProtocol.Udp) Unlink(transaction);
    }

    /// <summary>No answer comes over a connection that is gone (RFC 3261 §18.4).</summary>
    internal void OnClosed(ISipTransport transport, IPEndPoint peer)
    {
        // Taken apart first: who is told may send anew, over a new connection to the same peer.
        if (!_byConnection.Remove(new(transport, peer), out var transaction)) return;
        while (transaction is not null)
        {
            var next = transaction.NextOfConnection;
            transaction.PreviousOfConnection = transaction.NextOfConnection = null;
            transaction.IsLinked = false;
            transaction.OnConnectionLost();
            transaction = next;
        }
    }

    private void Link(SipClientTransaction transaction)
    {
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_byConnection, new(transaction.Transport, transaction.Remote), out _);
        transaction.NextOfConnection = first;
        if (first is not null) first.PreviousOfConnection = transaction;
        transaction.IsLinked = true;
        first = transaction;
    }

    private void Unlink(SipClientTransaction transaction)
    {
        if (!transaction.IsLinked) return;
        var (previous, next) = (transaction.PreviousOfConnection, transaction.NextOfConnection);
        if (next is not null) next.PreviousOfConnection = previous;
        if (previous is not null) previous.NextOfConnection = next;
        else if (next is not null) _byConnection[new(transaction.Transport, transaction.Remote)] = next;
        else _byConnection.Remove(new(transaction.Transport, transaction.Remote));
        transaction.PreviousOfConnection = transaction.NextOfConnection = null;
        transaction.IsLinked = false;
    }

    private void OnResponse(SipMessage response)
    {
        if (response.Error != SipParseError.None)
        {
            Worker.Statistics.CountMalformed();
            return;
        }

        Worker.Statistics.CountResponseReceived(response.StatusCode);
        if (response.TryGetTopVia(out var via) && SipBranch.TryRead(via.Branch, out var branch)
            && _clients.TryGetValue(ClientKey(branch, response.Method), out var transaction) && transaction.Method == response.Method)
        {
            transaction.OnResponse(response);
        }
        else
        {
            Worker.Statistics.CountStrayResponse();
        }
    }

    private void OnRequest(SipMessage request)
    {
        if (request.Error != SipParseError.None)
        {
            Worker.Statistics.CountMalformed();
            if (request.IsAnswerable) ReplyStateless(request, SipRefusal.StatusFor(request), SipRefusal.ReasonFor(request));
            return;
        }

        request.TryGetTopVia(out var via);
        switch (request.Method)
        {
            case SipMethod.Ack:
                OnAck(request, via);
                break;
            case SipMethod.Cancel:
                OnCancel(request, via);
                break;
            default:
                if (TryBegin(request, via, out var transaction)) User.OnRequest(transaction, request);
                break;
        }
    }

    /// <summary>False for a retransmission, which its transaction has taken, and for a request that came by another way before.</summary>
    private bool TryBegin(SipMessage request, SipVia via, out SipServerTransaction transaction)
    {
        var key = ServerKey(request, via, request.Method);
        if (_servers.TryGetValue(key, out transaction!))
        {
            transaction.OnRetransmission(request);
            return false;
        }

        Worker.Statistics.CountRequestReceived(request.Method);
        var remote = SipResponseRoute.Find(request, via);
        transaction = request.Method == SipMethod.Invite
            ? new SipInviteServerTransaction(this, request, request.Transport!, remote) { Key = key, FallbackPort = SipResponseRoute.FindFallbackPort(request, via) }
            : new SipNonInviteServerTransaction(this, request, request.Transport!, remote) { Key = key, FallbackPort = SipResponseRoute.FindFallbackPort(request, via) };
        _servers.Add(key, transaction);
        if (!request.ToTag.IsEmpty || request.Method == SipMethod.Cancel) return true;
        if (_beginnings.TryAdd(transaction.MergeKey = MergeKey(request), transaction)) return true;
        transaction.MergeKey = 0; // the entry is the other one's
        transaction.Respond(482);
        return false;
    }

    // What a proxy that forks leaves as it is: the same request over two ways is one (RFC 3261 §8.2.2.2).
    private ulong MergeKey(SipMessage request)
    {
        var hash = Worker.Hash;
        var key = hash.Compute(hash.Compute(hash.Compute(request.CallId), hash.Compute(request.FromTag)), request.CSeq);
        return hash.Compute(key, request.Method == SipMethod.Unknown ? hash.Compute(request.MethodText) : (ulong)request.Method) | 1;
    }

    // An ACK with the branch of its INVITE is for a final response other than 2xx, or from a client that keeps the branch.
    private void OnAck(SipMessage ack, SipVia via)
    {
        Worker.Statistics.CountRequestReceived(SipMethod.Ack);
        if (_servers.TryGetValue(ServerKey(ack, via, SipMethod.Invite), out var transaction) && transaction is SipInviteServerTransaction invite)
            invite.OnAck(ack);
        else
            User.OnAck(ack);
    }

    // RFC 3261 §9.2: the CANCEL has a transaction of its own, and is answered whatever becomes of the INVITE.
    private void OnCancel(SipMessage cancel, SipVia via)
    {
        if (!TryBegin(cancel, via, out var transaction)) return;
        if (_servers.TryGetValue(ServerKey(cancel, via, SipMethod.Invite), out var found) && found is SipInviteServerTransaction invite)
        {
            transaction.LocalTag = invite.LocalTag;
            transaction.Respond(200);
            invite.OnCancel(cancel);
        }
        else
        {
            transaction.Respond(481);
        }
    }

    /// <summary>Branch, sent-by and method; for RFC 2543 clients what identified a transaction then (RFC 3261 §17.2.3).</summary>
    private ulong ServerKey(SipMessage request, SipVia via, SipMethod method)
    {
        var hash = Worker.Hash;
        var branch = via.Branch;
        if (branch.Length <= SipBranch.Cookie.Length || !SipText.EqualsIgnoreCase(branch[..SipBranch.Cookie.Length], SipBranch.Cookie))
        {
            // To is left out: the ACK has a tag there that the INVITE had not.
            var old = hash.Compute(hash.Compute(request.RequestUri), hash.Compute(request[SipHeader.Via]));
            old = hash.Compute(old, hash.Compute(request.FromTag) ^ request.CSeq);
            return hash.Compute(hash.Compute(old, hash.Compute(request.CallId)), (ulong)method);
        }

        Span<byte> host = stackalloc byte[256];
        Ascii.ToLower(via.Host[..Math.Min(via.Host.Length, host.Length)], host, out var length);
        var sentBy = hash.Compute(hash.Compute(host[..length]), (ulong)via.Port);
        // Methods that are in no list are told apart by CSeq, which differs between requests of one sender anyway.
        return hash.Compute(hash.Compute(hash.Compute(branch), sentBy), method == SipMethod.Unknown ? 256UL + request.CSeq : (ulong)method);
    }

    // The lowest bit of a branch number is clear; CANCEL, which has the branch of its INVITE, sets it.
    private static ulong ClientKey(ulong branchId, SipMethod method) => method == SipMethod.Cancel ? branchId | 1 : branchId & ~1UL;

    private readonly record struct Connection(ISipTransport Transport, IPEndPoint Peer);
}

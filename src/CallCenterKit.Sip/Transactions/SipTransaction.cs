using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>What client and server transactions have in common: state, two deadlines in one timer, and the bytes sent last.</summary>
/// <remarks>Worker only.</remarks>
internal abstract class SipTransaction : SipTimer
{
    private long _retransmitTick = -1;
    private long _timeoutTick = -1;
    private byte[]? _sent;
    private int _sentLength;

    private protected SipTransaction(SipTransactionLayer layer, ISipTransport transport, IPEndPoint remote, SipMethod method)
    {
        Layer = layer;
        Transport = transport;
        Remote = remote;
        Method = method;
    }

    internal SipTransactionLayer Layer { get; }

    internal SipWorker Worker => Layer.Worker;

    internal ISipTransport Transport { get; }

    /// <summary>Where what this transaction sends goes.</summary>
    internal IPEndPoint Remote { get; private protected set; }

    internal SipMethod Method { get; }

    internal SipTransactionState State { get; private protected set; }

    internal ulong Key { get; init; }

    private protected SipTimerOptions Times => Layer.Times;

    private protected bool IsReliable => Transport.Protocol != SipTransportProtocol.Udp;

    /// <summary>The request of a client, the last response of a server; empty before and after.</summary>
    internal ReadOnlySpan<byte> Sent => _sent.AsSpan(0, _sentLength);

    private protected TimeSpan RetransmitInterval { get; set; }

    internal override void OnDue()
    {
        var tick = DueTick;
        if (_retransmitTick >= 0 && _retransmitTick <= tick)
        {
            _retransmitTick = -1;
            OnInput(SipTransactionInput.Retransmit, null);
        }

        if (State != SipTransactionState.Terminated && _timeoutTick >= 0 && _timeoutTick <= tick)
        {
            _timeoutTick = -1;
            OnInput(SipTransactionInput.TimeOut, null);
        }

        if (State != SipTransactionState.Terminated && !IsRunning) Arm();
    }

    private protected abstract void OnInput(SipTransactionInput input, SipMessage? message);

    private protected void StartRetransmit(TimeSpan interval)
    {
        RetransmitInterval = interval;
        _retransmitTick = Worker.TickAfter(interval);
        Arm();
    }

    private protected void StopRetransmit()
    {
        _retransmitTick = -1;
        Arm();
    }

    private protected void StartTimeout(TimeSpan delay)
    {
        _timeoutTick = Worker.TickAfter(delay);
        Arm();
    }

    private protected void StopTimers()
    {
        _retransmitTick = _timeoutTick = -1;
        Worker.Cancel(this);
    }

    private void Arm()
    {
        var tick = (_retransmitTick, _timeoutTick) switch
        {
            ( < 0, _) => _timeoutTick,
            (_, < 0) => _retransmitTick,
            _ => Math.Min(_retransmitTick, _timeoutTick),
        };
        if (tick < 0) Worker.Cancel(this);
        else if (!IsRunning || DueTick != tick) Worker.StartAt(this, tick);
    }

    /// <summary>Keeps a copy of the message in place of the one before.</summary>
    private protected void Keep(ReadOnlySpan<byte> message)
    {
        Release();
        _sent = Layer.Buffers.Rent(message.Length);
        _sentLength = message.Length;
        message.CopyTo(_sent);
    }

    private protected void Release()
    {
        if (_sent is not null) Layer.Buffers.Return(_sent);
        _sent = null;
        _sentLength = 0;
    }

    /// <summary>False on a transport error.</summary>
    private protected virtual bool SendKept() => Layer.Transmit(Transport, Sent, Remote);

    /// <summary>Leaves the table; the object is used no more.</summary>
    private protected void Terminate()
    {
        if (State == SipTransactionState.Terminated) return;
        State = SipTransactionState.Terminated;
        StopTimers();
        Release();
        OnTerminated();
    }

    private protected abstract void OnTerminated();

    private protected static SipTransactionInput Classify(int statusCode) => statusCode switch
    {
        < 200 => SipTransactionInput.Provisional,
        < 300 => SipTransactionInput.Success,
        _ => SipTransactionInput.Failure,
    };
}

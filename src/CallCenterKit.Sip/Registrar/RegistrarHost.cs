using System.Net;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Runs the registrar on one worker, with one timer for the binding that runs out next and one for the contact to be asked next.</summary>
internal sealed class RegistrarHost(SipRegistrar registrar, TimeProvider time, SipOptions options)
{
    private SipWorker? _worker;
    private WorkerTimer _expiry = null!;
    private Qualifier? _qualifier;

    /// <summary>Before the first message, after bindings were loaded.</summary>
    public void Start(SipWorker worker)
    {
        _worker = worker;
        _expiry = new(worker, OnExpiry);
        if (options.QualifyInterval > TimeSpan.Zero)
        {
            _qualifier = new(registrar, worker, time, options);
            registrar.Registered = binding => _qualifier.Heard(binding.Key);
        }
        worker.Post(static state => ((RegistrarHost)state!).Begin(), this);
    }

    /// <summary>Carries the request out and gives the result to <paramref name="reply"/> on <paramref name="replyTo"/>. Any worker.</summary>
    public void Handle(RegisterRequest request, SipWorker replyTo, Action<RegisterResult> reply)
    {
        if (replyTo == _worker)
            reply(Handle(request));
        else
            _worker!.Post(_ => PostReply(Handle(request), replyTo, reply), null);
    }

    /// <summary>A connection is gone, and with it whoever registered over it. Any thread.</summary>
    /// <param name="protocol">What carried it; datagrams are ignored, they have no connection.</param>
    /// <param name="peer">The other end.</param>
    public void Closed(SipTransportProtocol protocol, IPEndPoint peer)
    {
        if (protocol != SipTransportProtocol.Udp)
            _worker?.Post(_ => registrar.Closed(new(protocol, peer)), null);
    }

    /// <summary>A phone has shown that it is there, by a request that said who it is. Any thread.</summary>
    public void Heard(SipTransportProtocol protocol, IPEndPoint peer)
    {
        if (_qualifier is { } qualifier)
            _worker!.Post(_ => qualifier.Heard(new ContactFlow(protocol, peer)), null);
    }

    /// <summary>Asks no phone any more: the driver stops. Any worker.</summary>
    public void StopAsking() => _worker?.Post(_ => _qualifier?.Stop(), null);

    private static void PostReply(RegisterResult result, SipWorker replyTo, Action<RegisterResult> reply) =>
        replyTo.Post(_ => reply(result), null);

    private void Begin()
    {
        Arm();
        _qualifier?.Begin();
    }

    private RegisterResult Handle(RegisterRequest request)
    {
        var result = registrar.Handle(request, time.GetUtcNow());
        Arm();
        return result;
    }

    private void OnExpiry()
    {
        registrar.Expire(time.GetUtcNow());
        Arm();
    }

    private void Arm()
    {
        if (registrar.NextExpiry is not { } next)
            return;
        var delay = next - time.GetUtcNow();
        _expiry.Start(delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }
}

using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Runs the registrar on one worker, with one timer for the binding that runs out next.</summary>
internal sealed class RegistrarHost(SipRegistrar registrar, TimeProvider time)
{
    private SipWorker _worker = null!;
    private WorkerTimer _expiry = null!;

    /// <summary>Before the first message, after bindings were loaded.</summary>
    public void Start(SipWorker worker)
    {
        _worker = worker;
        _expiry = new(worker, OnExpiry);
        worker.Post(static state => ((RegistrarHost)state!).Arm(), this);
    }

    /// <summary>Carries the request out and gives the result to <paramref name="reply"/> on <paramref name="replyTo"/>. Any worker.</summary>
    public void Handle(RegisterRequest request, SipWorker replyTo, Action<RegisterResult> reply)
    {
        if (replyTo == _worker)
            reply(Handle(request));
        else
            _worker.Post(_ => PostReply(Handle(request), replyTo, reply), null);
    }

    private static void PostReply(RegisterResult result, SipWorker replyTo, Action<RegisterResult> reply) =>
        replyTo.Post(_ => reply(result), null);

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

using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A place in a worker's wheel that calls back.</summary>
internal sealed class WorkerTimer(SipWorker worker, Action onDue) : SipTimer
{
    public void Start(TimeSpan delay) => worker.Start(this, delay);

    public void Stop() => worker.Cancel(this);

    internal override void OnDue() => onDue();
}

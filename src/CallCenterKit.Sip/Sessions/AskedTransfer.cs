using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A transfer the party asked for: the subscription its REFER makes, until it is told how it went (RFC 3515 §2.4.4). Worker only.</summary>
internal sealed class AskedTransfer
{
    /// <summary>How long the party waits for news; what the subscription expires after.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SipDialog _dialog;
    private readonly SipUserAgent _agent;
    private readonly uint _id;
    private readonly Action _onOver;
    private readonly WorkerTimer _expiry;
    private bool _wantsNews;
    private bool _isOver;
    private bool _isTelling;
    private TransferProgress _last;
    private TransferProgress? _waiting;

    /// <param name="dialog">In which it was asked for.</param>
    /// <param name="agent">Of the worker that carries the dialog.</param>
    /// <param name="refer">The request.</param>
    /// <param name="wantsNews">False: it asked for no subscription (RFC 4488).</param>
    /// <param name="onOver">Another transfer may be asked for.</param>
    public AskedTransfer(SipDialog dialog, SipUserAgent agent, SipMessage refer, bool wantsNews, Action onOver)
    {
        _dialog = dialog;
        _agent = agent;
        _id = refer.CSeq;
        _wantsNews = wantsNews;
        _onOver = onOver;
        _expiry = new(agent.Worker, () => Close("timeout"));
        _expiry.Start(Patience);
    }

    /// <summary>Tells how it goes. Of what happens while the party has not answered the news before, it is told the latest.</summary>
    public void Report(TransferProgress progress)
    {
        if (_isOver)
            return;
        _last = progress;
        // What is final does not wait: the goodbye to the party may follow at once.
        if (TransferStatus.IsFinal(progress))
            Close("noresource");
        else if (_isTelling)
            _waiting = progress;
        else
            Tell("active;expires=300");
    }

    /// <summary>The leg has ended; who is gone wants no news.</summary>
    public void Abandon()
    {
        _isOver = true;
        _expiry.Stop();
    }

    private void Close(string reason)
    {
        Abandon();
        Tell($"terminated;reason={reason}");
        _onOver();
    }

    private void Tell(string state)
    {
        if (!_wantsNews)
            return;
        _isTelling = true;
        new News(this, state).Send();
    }

    private void OnTold(int status)
    {
        _isTelling = false;
        // Whoever does not want to know is told no more; the transfer goes on (RFC 6665 §4.2.2).
        _wantsNews &= status < 300;
        if (_waiting is not { } progress)
            return;
        _waiting = null;
        Report(progress);
    }

    /// <summary>A NOTIFY.</summary>
    private sealed class News(AskedTransfer asked, string state) : DialogRequest(asked._dialog, SipMethod.Notify, asked._agent.Worker.Transactions)
    {
        private readonly TransferProgress _progress = asked._last;

        protected override void Write(SipMessageWriter request)
        {
            asked._agent.Services.UserAgent(request)
                .Header(SipHeader.Event, $"refer;id={asked._id}")
                .Header(SipHeader.SubscriptionState, state);
            request.Finish("message/sipfrag;version=2.0"u8, Encoding.ASCII.GetBytes(TransferStatus.Write(_progress) + "\r\n"));
        }

        protected override void OnFinal(int status, SipMessage? response) => asked.OnTold(status);
    }
}

using System.Globalization;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Asks a trunk whether it is alive (OPTIONS, RFC 3261 §11) when nothing else has shown it lately. Worker only.</summary>
internal sealed class TrunkHealth
{
    private const int MissesUntilDown = 2;
    private static readonly TimeSpan StartSpread = TimeSpan.FromSeconds(1), AgainAfterMiss = TimeSpan.FromSeconds(5);

    private readonly SipTrunk _trunk;
    private readonly WorkerTimer _timer, _patience;
    private readonly TimeSpan _interval;
    private readonly string _callId, _tag;
    private uint _cseq;
    private int _sending, _misses;
    private long _missedAt;
    private bool _isProbing, _isWanted;
    private IReadOnlyList<TrunkHop> _hops = [];
    private int _hop;

    public TrunkHealth(SipTrunk trunk)
    {
        _trunk = trunk;
        _interval = trunk.Options.HealthInterval;
        _timer = new(trunk.Worker, OnDue);
        _patience = new(trunk.Worker, () => TryNext($"{_hops[_hop].Hop} did not answer in time."));
        _callId = trunk.Worker.NewCallId();
        _tag = SipTag.Write(trunk.Worker.NewTag());
    }

    public void Begin() => _timer.Start(_trunk.Services.Draws.Between(TimeSpan.Zero, StartSpread));

    public void Stop()
    {
        _timer.Stop();
        _patience.Stop();
        _sending++;
        _isProbing = true;
    }

    /// <summary>A call found a server dead: look before the next call does.</summary>
    public void ProbeNow()
    {
        _isWanted = true;
        if (!_isProbing)
            Probe();
    }

    /// <summary>Something else has shown that it is alive.</summary>
    public void OnAlive()
    {
        _misses = 0;
        _trunk.SetHealth(isAlive: true, "It answers.");
    }

    private void OnDue()
    {
        var quiet = _trunk.QuietFor;
        if (_misses > 0 && quiet < _trunk.Services.Time.GetElapsedTime(_missedAt))
        {
            // A call got through since.
            _misses = 0;
            _isWanted = false;
        }
        if (!_isWanted && quiet < _interval)
            _timer.Start(_interval - quiet);
        else
            Probe();
    }

    private void Probe()
    {
        _timer.Stop();
        _isProbing = true;
        _isWanted = false;
        _trunk.Counters.CountProbe();
        var probe = ++_sending;
        _trunk.Find((hops, why) =>
        {
            if (probe != _sending)
                return;
            _hops = hops;
            _hop = 0;
            if (hops.Count == 0)
                Miss(why!);
            else
                Send();
        });
    }

    private void Send()
    {
        var hop = _hops[_hop];
        var from = _trunk.ContactUser is { } user ? SipAddress.Write(null, user, _trunk.Domain) : $"<sip:{_trunk.Domain}>";
        using var request = _trunk.BeginRequest(SipMethod.Options, $"sip:{hop.Authority}", hop)
            .Header(SipHeader.From, $"{from};tag={_tag}")
            .Header(SipHeader.To, $"<sip:{hop.Authority}>")
            .Header(SipHeader.CallId, _callId)
            .CSeq(++_cseq, SipMethod.Options)
            .Header(SipHeader.Contact, $"<{hop.Contact(_trunk.ContactUser)}>")
            .Header(SipHeader.Accept, "application/sdp");
        // Shorter than the transaction, so that a dead trunk is known after seconds.
        _patience.Start(_trunk.Patience);
        _trunk.Send(request, hop, new Answer(this, ++_sending));
    }

    private void OnResponse(int status)
    {
        // Whoever refuses or does not know OPTIONS is alive; 503 says of itself that it is not (RFC 3261 §21.5.4).
        if (status == 503)
        {
            TryNext(string.Create(CultureInfo.InvariantCulture, $"{_hops[_hop].Hop} is out of service ({status})."));
            return;
        }
        _patience.Stop();
        _isProbing = false;
        _misses = 0;
        _trunk.ReportAlive(_hops[_hop]);
        _trunk.SetHealth(isAlive: true, $"{_hops[_hop].Hop} answers.");
        _timer.Start(_interval);
    }

    private void TryNext(string why)
    {
        _patience.Stop();
        _trunk.MarkDead(_hops[_hop]);
        if (_hop + 1 >= _hops.Count)
        {
            Miss(why);
            return;
        }
        _hop++;
        Send();
    }

    private void Miss(string why)
    {
        _sending++;
        _isProbing = false;
        _trunk.Counters.CountMissedProbe();
        _missedAt = _trunk.Services.Time.GetTimestamp();
        if (++_misses >= MissesUntilDown)
            _trunk.SetHealth(isAlive: false, why);
        _timer.Start(_misses >= MissesUntilDown || _interval < AgainAfterMiss ? _interval : AgainAfterMiss);
        // The second look comes also when the last good news is younger than the interval.
        _isWanted |= _misses < MissesUntilDown;
    }

    private sealed class Answer(TrunkHealth health, int number) : ISipClientTransactionOwner
    {
        public void OnResponse(SipClientTransaction transaction, SipMessage response)
        {
            if (number == health._sending && response.StatusCode >= 200)
                health.OnResponse(response.StatusCode);
        }

        public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
        {
            if (number == health._sending)
                health.TryNext($"{health._hops[health._hop].Hop} cannot be reached.");
        }
    }
}

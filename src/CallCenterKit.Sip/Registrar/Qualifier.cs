using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Asks every contact with OPTIONS whether it is there, which also keeps the way through a NAT open. Worker only.</summary>
/// <remarks>
/// Contacts stand in one queue by the time they are due, with one timer for the first. Traffic of the phone moves its time,
/// not its place: the place is corrected when the old time has come. So a tick touches only who is due.
/// </remarks>
internal sealed class Qualifier
{
    private const double GoldenRatio = 0.618033988749895;

    private readonly SipRegistrar _registrar;
    private readonly SipWorker _worker;
    private readonly TimeProvider _time;
    private readonly SipOptions _options;
    private readonly WorkerTimer _timer;
    private readonly long _start;
    private readonly Dictionary<ContactKey, ContactProbe> _probes = [];
    private readonly PriorityQueue<ContactProbe, TimeSpan> _due = new();
    private double _part;

    public Qualifier(SipRegistrar registrar, SipWorker worker, TimeProvider time, SipOptions options)
    {
        _registrar = registrar;
        _worker = worker;
        _time = time;
        _options = options;
        _timer = new(worker, OnDue);
        _start = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Asks everybody known within the first interval, spread over it; those who have to show first that they are still there, sooner.</summary>
    public void Begin()
    {
        foreach (var contact in _registrar.All)
            Watch(contact.Key, Now + Part(contact.IsAlive ? _options.QualifyInterval : _options.QualifyTimeout));
        Arm();
    }

    /// <summary>Asks nobody any more.</summary>
    public void Stop()
    {
        _due.Clear();
        _timer.Stop();
    }

    /// <summary>The phone behind these contacts has sent something.</summary>
    public void Heard(ContactFlow flow)
    {
        foreach (var key in _registrar.Over(flow))
        {
            Heard(key);
            _registrar.SetAlive(key, isAlive: true, roundTrip: null);
        }
    }

    /// <summary>The contact is there now; it is asked an interval later. One that is new is watched from now on.</summary>
    public void Heard(ContactKey key)
    {
        if (!_probes.TryGetValue(key, out var probe))
        {
            Watch(key, NextTime());
            Arm();
            return;
        }
        probe.Withdraw();
        probe.Failures = 0;
        probe.DueAt = NextTime();
    }

    /// <summary>Any response to the OPTIONS of a probe; whatever it says, somebody is there.</summary>
    public void OnAnswered(ContactProbe probe)
    {
        var roundTrip = _time.GetElapsedTime(probe.AskedAt);
        Heard(probe.Key);
        _registrar.SetAlive(probe.Key, isAlive: true, roundTrip);
    }

    private void Watch(ContactKey key, TimeSpan dueAt)
    {
        var probe = new ContactProbe(this, key) { DueAt = dueAt };
        _probes.Add(key, probe);
        _due.Enqueue(probe, dueAt);
    }

    private void OnDue()
    {
        var now = Now;
        while (_due.TryPeek(out var probe, out var at) && at <= now)
        {
            _due.Dequeue();
            if (_registrar.Find(probe.Key) is not { } contact)
            {
                probe.Withdraw();
                _probes.Remove(probe.Key);
                continue;
            }
            if (probe.DueAt <= now)
                Act(probe, contact);
            _due.Enqueue(probe, probe.DueAt);
        }
        Arm();
    }

    private void Act(ContactProbe probe, ContactBinding contact)
    {
        if (probe.IsAsked)
        {
            probe.Withdraw();
            if (++probe.Failures >= _options.QualifyFailures)
            {
                _registrar.SetAlive(probe.Key, isAlive: false, roundTrip: null);
                probe.DueAt = NextTime();
                return;
            }
        }
        Ask(probe, contact);
    }

    // An answer, or a failure of the network, may come before Send returns; the latter is taken as silence.
    private void Ask(ContactProbe probe, ContactBinding contact)
    {
        probe.IsAsked = true;
        probe.AskedAt = _time.GetTimestamp();
        probe.DueAt = Now + _options.QualifyTimeout;
        if (contact.FindTransport(_worker.Stack) is not { } transport)
            return;
        var advertised = transport.AdvertisedTo(contact.Address.Address);
        var us = SipAddress.Host(advertised);
        using var options = _worker.Transactions.BeginRequest(SipMethod.Options, Encoding.UTF8.GetBytes(contact.RequestUri), transport, contact.Address)
            .Header(SipHeader.From, $"<sip:{us}>;tag={SipTag.Write(_worker.NewTag())}")
            .Header(SipHeader.To, $"<{contact.Uri}>")
            .Header(SipHeader.CallId, _worker.NewCallId())
            .CSeq(1, SipMethod.Options)
            .Header(SipHeader.Contact, SipAddress.Contact(transport, advertised))
            .Header(SipHeader.Accept, "application/sdp");
        if (_options.UserAgent.Length > 0)
            options.Header(SipHeader.UserAgent, _options.UserAgent);
        probe.Took(_worker.Transactions.Send(options, transport, contact.Address, probe));
    }

    // Up to a tenth earlier, so that those who registered together do not stay together.
    private TimeSpan NextTime() => Now + _options.QualifyInterval - Part(_options.QualifyInterval / 10);

    // Multiples of the golden ratio fill an interval evenly, however many there are, and the same way in each run.
    private TimeSpan Part(TimeSpan whole)
    {
        _part = (_part + GoldenRatio) % 1;
        return whole * _part;
    }

    private void Arm()
    {
        if (!_due.TryPeek(out _, out var next))
            return;
        var delay = next - Now;
        _timer.Start(delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }
}

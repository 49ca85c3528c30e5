using System.Diagnostics.Metrics;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Sip.Trunks;

namespace CallCenterKit.Sip.Observability;

/// <summary>The driver on <see cref="System.Diagnostics.Metrics"/>. Reads counters that run anyway, when an exporter asks; names and tags: <see cref="SipMetricNames"/>.</summary>
internal sealed class SipMeter : IDisposable
{
    private readonly SipServices _services;
    private readonly Meter _meter;

    /// <param name="services">Of the driver; nothing is measured before it has started.</param>
    /// <param name="factory">Owns the meter; null: a meter of its own.</param>
    public SipMeter(SipServices services, IMeterFactory? factory)
    {
        _services = services;
        _meter = factory?.Create(new MeterOptions(SipMetricNames.Meter)) ?? new Meter(SipMetricNames.Meter);
        _meter.CreateObservableCounter(SipMetricNames.Requests, Requests, "{message}", "Requests without retransmissions.");
        _meter.CreateObservableCounter(SipMetricNames.Responses, Responses, "{message}", "Responses.");
        _meter.CreateObservableCounter(SipMetricNames.Retransmissions, Retransmissions, "{message}", "Messages sent or received once more.");
        _meter.CreateObservableCounter(SipMetricNames.Dropped, Dropped, "{message}", "Messages received that led to nothing.");
        _meter.CreateObservableCounter(SipMetricNames.SendErrors, () => Total(counts => counts.TransportErrors), "{message}", "Messages the network refused to send.");
        _meter.CreateObservableCounter(SipMetricNames.Faults, () => Total(counts => counts.Faults), "{fault}", "Faults of our own code.");
        _meter.CreateObservableUpDownCounter(SipMetricNames.Legs, () => (long)services.LiveLegs, "{call}", "Legs that live.");
        _meter.CreateObservableUpDownCounter(SipMetricNames.Connections, () => Transports(counts => counts.Connections), "{connection}", "Connections open.");
        _meter.CreateObservableCounter(SipMetricNames.TransportMessages, TransportMessages, "{message}", "Messages by transport.");
        _meter.CreateObservableGauge(SipMetricNames.TrunkUp, () => Trunks(trunk => trunk.IsUp ? 1 : 0), "{trunk}", "Trunks that carry calls.");
        _meter.CreateObservableUpDownCounter(SipMetricNames.TrunkCalls, () => Trunks(trunk => trunk.Calls), "{call}", "Calls over trunks.");
        _meter.CreateObservableCounter(SipMetricNames.TrunkFailovers, () => Trunks(trunk => trunk.Counters.Failovers), "{call}", "Calls that went on to another server.");
        _meter.CreateObservableCounter(SipMetricNames.TransportErrors, () => Transports(counts => counts.Errors), "{error}", "Failures of a transport.");
    }

    public void Dispose() => _meter.Dispose();

    private SipStatisticsSnapshot Snapshot() => _services.Stack is { } stack ? stack.Snapshot() : new();

    private IEnumerable<Measurement<long>> Total(Func<SipStatisticsSnapshot, long> of) => [new(of(Snapshot()))];

    private List<Measurement<long>> Requests()
    {
        var snapshot = Snapshot();
        List<Measurement<long>> measured = [];
        for (var i = 0; i < SipMethods.Count; i++)
        {
            var name = i == (int)SipMethod.Unknown ? "_OTHER" : Encoding.ASCII.GetString(SipMethods.Name((SipMethod)i));
            Add(measured, snapshot.RequestsReceived[i], "received", SipMetricNames.Method, name);
            Add(measured, snapshot.RequestsSent[i], "sent", SipMetricNames.Method, name);
        }
        return measured;
    }

    private List<Measurement<long>> Responses()
    {
        var snapshot = Snapshot();
        List<Measurement<long>> measured = [];
        for (var i = 0; i < SipStatisticsSnapshot.StatusCodes; i++)
        {
            Add(measured, snapshot.ResponsesReceived[i], "received", SipMetricNames.Status, i);
            Add(measured, snapshot.ResponsesSent[i], "sent", SipMetricNames.Status, i);
        }
        return measured;
    }

    private IEnumerable<Measurement<long>> Retransmissions()
    {
        var snapshot = Snapshot();
        return
        [
            new(snapshot.RetransmissionsReceived, Tag(SipMetricNames.Direction, "received")),
            new(snapshot.RetransmissionsSent, Tag(SipMetricNames.Direction, "sent")),
        ];
    }

    private IEnumerable<Measurement<long>> Dropped()
    {
        var snapshot = Snapshot();
        return
        [
            new(snapshot.Malformed, Tag(SipMetricNames.Reason, "malformed")),
            new(snapshot.Junk, Tag(SipMetricNames.Reason, "junk")),
            new(snapshot.Overrun, Tag(SipMetricNames.Reason, "overrun")),
            new(snapshot.StrayResponses, Tag(SipMetricNames.Reason, "stray")),
        ];
    }

    private IEnumerable<Measurement<long>> TransportMessages() =>
        Transports(counts => counts.Received, Tag(SipMetricNames.Direction, "received"))
            .Concat(Transports(counts => counts.Sent, Tag(SipMetricNames.Direction, "sent")));

    private IEnumerable<Measurement<long>> Transports(Func<SipTransportCounts, long> of, params KeyValuePair<string, object?>[] tags)
    {
        foreach (var transport in _services.Stack?.Transports ?? [])
        {
            yield return new(
                of(transport.Counts),
                [Tag(SipMetricNames.Transport, NameOf(transport.Protocol)), Tag(SipMetricNames.LocalAddress, transport.LocalEndPoint.ToString()), .. tags]);
        }
    }

    private IEnumerable<Measurement<long>> Trunks(Func<SipTrunk, long> of) =>
        _services.Trunks.All.Select(trunk => new Measurement<long>(of(trunk), Tag(SipMetricNames.Trunk, trunk.Name)));

    private static string NameOf(SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => "udp",
        SipTransportProtocol.Tcp => "tcp",
        _ => "tls",
    };

    // What never happened is left out: there are more status codes than anybody uses.
    private static void Add(List<Measurement<long>> measured, long count, string direction, string tag, object value)
    {
        if (count > 0)
            measured.Add(new(count, Tag(SipMetricNames.Direction, direction), Tag(tag, value)));
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}

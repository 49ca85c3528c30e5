using System.Diagnostics.Metrics;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Tests.Sessions;

namespace CallCenterKit.Sip.Tests.Observability;

public sealed class SipMeterTests
{
    [Fact]
    public async Task Messages_are_counted_by_direction_method_and_status()
    {
        using var factory = new Meters();
        await using var sip = await DriverHarness.StartAsync(meters: factory);
        sip.Ask("OPTIONS");
        sip.Ask("FROBNICATE");
        sip.Transport.Receive(sip.Again("OPTIONS"));
        sip.Transport.Receive("hello there, this is no message");
        sip.Invite();

        var read = factory.Read();

        Assert.Equal(1, read["callcenter.sip.requests direction=received method=INVITE"]);
        Assert.Equal(1, read["callcenter.sip.requests direction=received method=_OTHER"]);
        Assert.Equal(1, read["callcenter.sip.responses direction=sent status=401"]);
        Assert.Equal(1, read["callcenter.sip.responses direction=sent status=405"]);
        Assert.Equal(0, read["callcenter.sip.legs"]);
        Assert.Equal(0, read["callcenter.sip.faults"]);
        Assert.DoesNotContain("callcenter.sip.responses direction=received status=200", read.Keys);
        Assert.Contains("callcenter.sip.dropped reason=junk", read.Keys);
    }

    [Fact]
    public async Task Transports_are_measured_each_by_itself()
    {
        using var factory = new Meters();
        await using var sip = await DriverHarness.StartAsync(meters: factory);

        var read = factory.Read();

        Assert.Equal(7, read["callcenter.sip.transport.connections transport=udp local_address=192.0.2.99:5060"]);
        Assert.Equal(8, read["callcenter.sip.transport.messages transport=udp local_address=192.0.2.99:5060 direction=received"]);
        Assert.Equal(9, read["callcenter.sip.transport.messages transport=udp local_address=192.0.2.99:5060 direction=sent"]);
        Assert.Equal(10, read["callcenter.sip.transport.errors transport=udp local_address=192.0.2.99:5060"]);
    }

    [Fact]
    public async Task Live_legs_are_measured()
    {
        using var factory = new Meters();
        await using var sip = await DriverHarness.StartAsync(
            options => options.TrustedPeers.Add(new() { Name = "lab", Address = "192.0.2.1" }), meters: factory);
        sip.Invite();

        Assert.Equal(1, factory.Read()["callcenter.sip.legs"]);
    }

    [Fact]
    public async Task Driver_without_a_factory_has_a_meter_of_its_own_that_ends_with_it()
    {
        var published = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) => Interlocked.Add(ref published, instrument.Meter.Name == SipMetricNames.Meter ? 1 : 0),
        };
        listener.Start();
        var before = Volatile.Read(ref published);

        await using (await DriverHarness.StartAsync())
            Assert.True(Volatile.Read(ref published) >= before + 10);
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(new MeterOptions(options.Name) { Scope = this });
            _meters.Add(meter);
            return meter;
        }

        /// <summary>Everything observed now, by instrument and tags without their prefix.</summary>
        public Dictionary<string, long> Read()
        {
            Dictionary<string, long> read = [];
            using var listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Scope == this)
                        listener.EnableMeasurementEvents(instrument);
                },
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => read.Add(
                string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key.Split('.')[^1]}={tag.Value}")]), value));
            listener.Start();
            listener.RecordObservableInstruments();
            return read;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}

using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.Transactions;

public class SipStackTests
{
    private sealed class Answering : ISipTransactionUser
    {
        internal HashSet<string> CallIds { get; } = [];

        public void OnRequest(SipServerTransaction transaction, SipMessage request)
        {
            CallIds.Add(SipText.Decode(request.CallId));
            transaction.Respond(200);
        }

        public void OnAck(SipMessage ack)
        {
        }
    }

    [Fact]
    public async Task Workers_share_calls_by_call_id_and_virtual_time_waits_for_them()
    {
        var time = new VirtualTimeProvider();
        var users = new List<Answering>();
        using var transport = new FakeTransport(time, SipTransportProtocol.Udp);
        using var stack = new SipStack(new SipStackSettings { Workers = 4, Time = time, Running = time.Work, Hash = new SipHash(3, 4) }, _ =>
        {
            users.Add(new Answering());
            return users[^1];
        });
        var locked = new LockedTransport(transport);
        stack.Add(locked);
        for (var i = 0; i < 400; i++)
        {
            locked.Receive(Harness.Request("OPTIONS", branch: $"z9hG4bK{i}").Replace("Call-ID: call", $"Call-ID: {i % 100}", StringComparison.Ordinal));
        }

        await time.AdvanceAsync(TimeSpan.Zero);
        Assert.Equal(400, transport.Sent.Count);
        Assert.Equal(100, users.SelectMany(user => user.CallIds).Count());
        Assert.All(users, user => Assert.InRange(user.CallIds.Count, 5, 60));
        Assert.Equal(400, stack.Workers.Sum(worker => worker.Transactions.ServerCount));

        await time.AdvanceAsync(TimeSpan.FromSeconds(32));
        Assert.Equal(0, stack.Workers.Sum(worker => worker.Transactions.ServerCount));
    }

    [Fact]
    public void New_call_id_belongs_to_its_worker()
    {
        using var stack = new SipStack(new SipStackSettings { Workers = 3, Threading = SipWorkerThreading.Caller }, _ => new Answering());
        foreach (var worker in stack.Workers)
        {
            var callId = worker.NewCallId();
            Assert.Same(worker, stack.WorkerFor(Encoding.ASCII.GetBytes(callId)));
            Assert.NotEqual(callId, worker.NewCallId());
        }
    }

    [Fact]
    public void Work_posted_after_the_end_of_a_worker_is_run_by_whoever_posts_it()
    {
        var stack = new SipStack(new SipStackSettings(), _ => new Answering());
        stack.Dispose();
        Thread? ran = null;

        stack.Workers[0].Post(_ => ran = Thread.CurrentThread, null);

        Assert.Same(Thread.CurrentThread, ran);
    }

    [Fact]
    public void Work_posted_by_work_runs_after_it()
    {
        using var harness = new Harness();
        var order = new List<string>();
        harness.Worker.Post(_ =>
        {
            harness.Worker.Post(_ => order.Add("second"), null);
            order.Add("first");
        }, null);

        Assert.Equal(["first", "second"], order);
        Assert.Equal(0, harness.Worker.Queued);
        Assert.Equal(TimeSpan.Zero, harness.Worker.Lag);
    }

    [Fact]
    public void Messages_beyond_the_limit_are_dropped_and_counted()
    {
        var time = new VirtualTimeProvider();
        using var transport = new FakeTransport(time, SipTransportProtocol.Udp);
        using var stack = new SipStack(
            new SipStackSettings { Threading = SipWorkerThreading.Caller, Time = time, MaxQueued = 2 }, _ => new Answering());
        stack.Add(transport);
        stack.Workers[0].Post(_ =>
        {
            for (var i = 0; i < 5; i++) transport.Receive(Harness.Request("OPTIONS", branch: $"z9hG4bK{i}"));
        }, null);

        Assert.Equal(2, transport.Sent.Count);
        Assert.Equal(3, stack.Snapshot().Overrun);
    }

    [Fact]
    public void Requests_beyond_the_limit_are_refused_where_nobody_repeats_them()
    {
        var time = new VirtualTimeProvider();
        using var transport = new FakeTransport(time, SipTransportProtocol.Tcp);
        using var stack = new SipStack(
            new SipStackSettings { Threading = SipWorkerThreading.Caller, Time = time, MaxQueued = 1 }, _ => new Answering());
        stack.Add(transport);
        stack.Workers[0].Post(_ =>
        {
            foreach (var method in (string[])["OPTIONS", "OPTIONS", "ACK"]) transport.Receive(Harness.Request(method, branch: $"z9hG4bK{transport.Sent.Count}"));
        }, null);

        Assert.Equal(["SIP/2.0 503 Service Unavailable", "SIP/2.0 200 OK"], transport.Sent.Select(sending => sending.StartLine));
        Assert.Equal("5", transport.Sent[0].Header("Retry-After"));
        Assert.Equal(2, stack.Snapshot().Overrun);
    }

    /// <summary>Lets several workers send at once.</summary>
    private sealed class LockedTransport(FakeTransport inner) : ISipTransport
    {
        private readonly Lock _lock = new();
        private ISipTransportSink? _sink;

        public SipTransportProtocol Protocol => inner.Protocol;

        public System.Net.IPEndPoint LocalEndPoint => inner.LocalEndPoint;

        public void Start(ISipTransportSink sink) => _sink = sink;

        public bool Send(ReadOnlySpan<byte> message, System.Net.IPEndPoint destination)
        {
            lock (_lock) return inner.Send(message, destination);
        }

        internal void Receive(string message) => _sink!.OnReceived(this, Messages.Wire.Bytes(message), FakeTransport.Peer);

        public void Dispose() => inner.Dispose();
    }
}

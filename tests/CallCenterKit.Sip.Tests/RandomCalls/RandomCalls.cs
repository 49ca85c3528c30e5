using System.Collections.Concurrent;
using System.Net;
using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Testing;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.RandomCalls;

/// <summary>A driver, its host, and one phone for each call on a network that loses, doubles and reorders a tenth each.</summary>
internal sealed class RandomCalls : ITelephonySink, IAsyncDisposable
{
    private const string Password = "secret";

    private static readonly IPEndPoint Center = new(IPAddress.Parse("10.0.0.1"), 5060);

    private readonly Dictionary<string, CallPlan> _plans;
    private readonly VirtualNetwork _network;
    private readonly SipOnlyNetwork _phones;
    private readonly MediaEngine _media;
    private readonly MediaStepper _stepper;
    private readonly SipTelephony _driver;
    private readonly ScriptedPhone _clock;
    private readonly WarningLog _log = new();
    private readonly HashSet<IPAddress> _ackless = [];
    private readonly ConcurrentDictionary<CallId, (ICall Call, CallPlan Plan)> _calls = new();
    private readonly ConcurrentDictionary<CallId, int> _endings = new();
    private readonly ConcurrentQueue<(CallPlan Plan, string Who, Task Script)> _scripts = new();
    private readonly ConcurrentDictionary<CallPlan, ScriptedPhone> _plugged = new();
    private readonly TimeSpan _arrivals;
    private readonly ConcurrentQueue<string> _objections = new();

    public RandomCalls(ulong seed, IEnumerable<int> numbers, TimeSpan arrivals)
    {
        _arrivals = arrivals;
        _plans = numbers.Select(number => new CallPlan(seed, number, arrivals)).ToDictionary(plan => plan.User);
        _network = new(Time, new()
        {
            Seed = unchecked((int)(seed ^ (seed >> 32))),
            LossShare = 0.1,
            DuplicationShare = 0.1,
            ReorderShare = 0.1,
            MinDelay = TimeSpan.FromMilliseconds(5),
            MaxDelay = TimeSpan.FromMilliseconds(60),
            ReorderDelay = TimeSpan.FromMilliseconds(150),
        })
        {
            DropWhen = (from, _, bytes) => bytes.Span.StartsWith("ACK "u8) && _ackless.Contains(from.Address),
        };
        _phones = new(_network);
        foreach (var plan in _plans.Values.Where(plan => plan.LosesAcks)) _ackless.Add(AddressOf(plan));
        _media = new(
            new MediaOptions { Threads = 0, BindAddress = "10.0.0.1", Seed = 1, SendSilenceWhenIdle = false }, Time, NullLogger<MediaEngine>.Instance, new SilentRtp());
        _stepper = new(_media, Time, TimeSpan.FromMilliseconds(500));
        FreePorts = _media.FreePorts;
        var options = new SipOptions { Workers = 0 };
        options.Listen.Add(Center.ToString());
        options.TrustedPeers.Add(new() { Name = "world", Address = "10.0.0.0/8" });
        foreach (var plan in _plans.Values.Where(plan => plan.IsExtension)) options.Accounts.Add(new() { Endpoint = plan.User, Password = Password });
        _driver = new(
            options, _media, new InMemoryRegistrationStore(), new(Time, new IdSource(Time)) { Work = Time.Work, Loggers = _log }, new VirtualSipTransportFactory(_network));
        _clock = new(new() { User = "clock", Local = new(IPAddress.Parse("10.255.0.1"), 5060) }, _network, Time);
    }

    public VirtualTimeProvider Time { get; } = new();

    private int FreePorts { get; }

    /// <summary>Plays all calls, and returns what is wrong then.</summary>
    /// <param name="afterwards">Time after the last arrival: for calls to end, and for what lingers to run out.</param>
    public async Task<IReadOnlyList<string>> PlayAsync(TimeSpan afterwards)
    {
        await _driver.StartAsync(this, default);
        var timers = Time.ArmedTimers;
        foreach (var plan in _plans.Values) Start(plan, "phone", () => PlayAsync(plan));
        await Time.AdvanceAsync(_arrivals + afterwards);
        ListWhatGoesOn();
        CountWhatIsLeft(timers);
        return [.. _objections];
    }

    /// <summary>How far the calls came.</summary>
    public string Summary()
    {
        var counters = _network.Counters;
        return $"{_plans.Count} plans, {_calls.Count} legs, {_calls.Values.Count(call => call.Call.Ending is { Cause: HangUpCause.Normal })} ended normally; datagrams: {counters}";
    }

    public void OnIncoming(ICall call)
    {
        var plan = _plans[call.From.Number];
        _calls[call.Id] = (call, plan);
        Start(plan, "host", () => AnswerAsync(call, plan));
    }

    public void OnSignal(ICall call, CallSignal signal)
    {
        switch (signal)
        {
            case CallSignal.TransferAsked:
                call.ReportTransfer(TransferProgress.Trying);
                call.ReportTransfer(TransferProgress.Rejected);
                break;
            case CallSignal.Ended:
                _endings.AddOrUpdate(call.Id, 1, (_, count) => count + 1);
                break;
        }
    }

    public void OnReachability(EndpointId endpoint, bool reachable)
    {
    }

    public async ValueTask DisposeAsync()
    {
        var disposal = _driver.DisposeAsync().AsTask();
        await Time.AdvanceAsync(TimeSpan.FromMinutes(1)); // longer than the goodbye of the driver
        await disposal;
        foreach (var phone in _plugged.Values) await phone.DisposeAsync();
        _stepper.Dispose();
        _media.Dispose();
        await _clock.DisposeAsync();
        _network.Dispose();
    }

    private async Task PlayAsync(CallPlan plan)
    {
        await _clock.PauseAsync(plan.StartsAfter);
        var phone = new ScriptedPhone(
            new()
            {
                User = plan.User,
                Password = plan.IsExtension ? Password : null,
                Local = new(AddressOf(plan), 5060),
                Server = Center,
                Seed = plan.Number,
                SendsAudio = false,
                RefreshRegistration = false,
            },
            _phones,
            Time);
        _plugged[plan] = phone;
        var player = new PhonePlayer(phone, _clock, plan);
        try
        {
            if (plan.IsExtension && !plan.IsInbound) await phone.RegisterAsync(TimeSpan.FromSeconds(90));
            if (plan.IsInbound) await player.CallAsync();
            else await Task.WhenAll(player.BeCalledAsync(), DialAsync(plan));
            await _clock.PauseAsync(TimeSpan.FromSeconds(70)); // what is repeated still gets its answer
            if (phone.Calls.Count > 0) Object(plan, $"{phone.Calls.Count} calls of the phone are still up", phone);
        }
        catch (Exception exception)
        {
            Object(plan, $"the script met {exception}", phone);
        }
        finally
        {
            await phone.DisposeAsync();
            _plugged.TryRemove(plan, out _);
        }
    }

    private async Task DialAsync(CallPlan plan)
    {
        using var giveUp = new CancellationTokenSource();
        var id = new CallId(Guid.CreateVersion7(Time.GetUtcNow()));
        DialTarget target = plan.IsExtension ? new DialTarget.ToEndpoint(new(plan.User)) : new DialTarget.ToAddress($"sip:{plan.User}@{AddressOf(plan)}:5060");
        var dial = _driver.DialAsync(new() { Id = id, Target = target, Caller = new("100"), RingTime = plan.RingTime }, giveUp.Token).AsTask();
        var giving = plan.GivesUpAfter is { } after ? GiveUpAsync(after) : Task.CompletedTask;
        try
        {
            if (await dial is DialOutcome.Answered { Call: var call })
            {
                _calls[call.Id] = (call, plan);
                await TalkAsync(call, plan);
            }
        }
        catch (OperationCanceledException)
        {
        }

        await giving;

        async Task GiveUpAsync(TimeSpan pause)
        {
            await _clock.PauseAsync(pause);
            await giveUp.CancelAsync();
        }
    }

    private async Task AnswerAsync(ICall call, CallPlan plan)
    {
        try
        {
            await _clock.PauseAsync(plan.RingsAfter);
            if (plan.Rings) await call.RingAsync(default);
            if (plan.HasEarlyAudio) await call.StartEarlyAudioAsync(default);
            await _clock.PauseAsync(plan.RepliesAfter);
            if (plan.Reply == Reply.Answer)
            {
                await call.AnswerAsync(default);
                await TalkAsync(call, plan);
                return;
            }

            if (plan.Reply == Reply.Nothing) await _clock.PauseAsync(TimeSpan.FromSeconds(40));
        }
        catch (CallEndedException)
        {
        }
        catch (Exception exception)
        {
            Object(plan, $"the host met {exception}");
        }

        call.HangUp(plan.Refusal);
    }

    private async Task TalkAsync(ICall call, CallPlan plan)
    {
        try
        {
            foreach (var (pause, act) in plan.HostActs)
            {
                await _clock.PauseAsync(pause);
                if (act == HostAct.Refer) await call.ReferAsync(new DialTarget.ToAddress("sip:200@10.0.0.1"), null, default);
                else await call.HoldAsync(act == HostAct.Hold, default);
            }

            await _clock.PauseAsync(plan.HostHangsUpAfter);
        }
        catch (CallEndedException)
        {
        }
        catch (Exception exception)
        {
            Object(plan, $"the host met {exception}");
        }

        call.HangUp(HangUpCause.Normal);
    }

    private void Start(CallPlan plan, string who, Func<Task> script) => _scripts.Enqueue((plan, who, script()));

    private void ListWhatGoesOn()
    {
        foreach (var (plan, who, script) in _scripts.Where(script => !script.Script.IsCompletedSuccessfully))
            Object(plan, $"the {who} is not done ({script.Status} {script.Exception?.InnerException?.Message})", _plugged.GetValueOrDefault(plan));
    }

    private void CountWhatIsLeft(int timers)
    {
        var stack = _driver.Stack!;
        foreach (var (id, (call, plan)) in _calls)
        {
            if (call.State != CallState.Ended) Object(plan, $"the leg is {call.State}");
            else if (_endings.GetValueOrDefault(id) is var told && told != 1) Object(plan, $"the host was told of {told} endings");
        }

        Expect("reachable extensions", 0, _plans.Values.Count(plan => _driver.IsReachable(new(plan.User))));
        Expect("live legs", 0, _driver.LiveCalls);
        Expect("dialogs", 0, stack.Workers.Sum(worker => ((SipUserAgent)worker.User).Count));
        Expect("server transactions", 0, stack.Workers.Sum(worker => worker.Transactions.ServerCount));
        Expect("client transactions", 0, stack.Workers.Sum(worker => worker.Transactions.ClientCount));
        Expect("timers of workers", 0, stack.Workers.Sum(worker => worker.RunningTimers));
        Expect("armed timers", timers, Time.ArmedTimers);
        Expect("media legs", 0, _media.Legs);
        Expect("free RTP ports", FreePorts, _media.FreePorts);
        Expect("faults", 0, stack.Snapshot().Faults);
        foreach (var line in _log.Lines.Take(5)) _objections.Enqueue($"logged: {line}");
    }

    private void Expect(string what, long expected, long actual)
    {
        if (expected != actual) _objections.Enqueue($"{actual} {what} instead of {expected}");
    }

    private void Object(CallPlan plan, string what, ScriptedPhone? phone = null) =>
        _objections.Enqueue($"{what}: {plan}{(phone is null ? "" : "\n" + string.Join('\n', phone.Trace))}");

    private static IPAddress AddressOf(CallPlan plan) => new([(byte)(plan.IsExtension ? 11 : 10), (byte)(1 + (plan.Number >> 16)), (byte)(plan.Number >> 8), (byte)plan.Number]);
}

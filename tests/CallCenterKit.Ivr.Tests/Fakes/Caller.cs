using CallCenterKit.Testing;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>A caller who talks to a flow in virtual time, and all that is needed for it.</summary>
internal sealed class Caller : IFlowCatalog, IDisposable
{
    private readonly Dictionary<string, IFlow> _flows = new(StringComparer.Ordinal);

    public Caller()
    {
        Call = new(Time);
        Session = new(Call, Time);
        Flow = new(Session, new() { Prompts = new FakePrompts(), Flows = this, Time = Time, Work = Time.Work, Logger = Log });
    }

    public VirtualTimeProvider Time { get; } = new();

    public FakeCall Call { get; }

    public FakeSession Session { get; }

    public FakeLog Log { get; } = new();

    /// <summary>What the flow talks to.</summary>
    public FlowCall Flow { get; }

    public List<string> Transcript => Call.Transcript;

    public IFlow? Find(string name) => _flows.GetValueOrDefault(name);

    public void Add(IFlow flow) => _flows.Add(flow.Name, flow);

    public void Press(string keys)
    {
        foreach (var key in keys)
            Flow.PushDigit(key);
    }

    /// <summary>Begins a flow and lets it run to its first wait.</summary>
    public async Task<Task<FlowEnd>> BeginAsync(IFlow flow, CancellationToken shutDown = default)
    {
        var ended = new TaskCompletionSource<FlowEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        Time.Work.Enter();
        _ = Task.Run(TalkAsync, CancellationToken.None);
        await AfterAsync(0);
        return ended.Task;

        async Task TalkAsync()
        {
            ended.SetResult(await Flow.RunAsync(flow, shutDown));
            Time.Work.Leave();                        // not before the end can be seen
        }
    }

    /// <summary>Begins a flow of one verb and lets it run to its first wait.</summary>
    public async Task<Task<T>> BeginAsync<T>(Func<FlowCall, CancellationToken, ValueTask<T>> verb)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await BeginAsync(CallFlow.Create("verb", async (call, ct) =>
        {
            try
            {
                result.SetResult(await verb(call, ct));
            }
            catch (Exception fault)
            {
                result.SetException(fault);
                throw;
            }
        }));
        return result.Task;
    }

    /// <summary>Runs one verb to its end, however long that takes.</summary>
    public async Task<T> RunAsync<T>(Func<FlowCall, CancellationToken, ValueTask<T>> verb) => await EndOf(await BeginAsync(verb));

    /// <summary>Runs a flow to its end, however long that takes.</summary>
    public async Task<FlowEnd> RunAsync(IFlow flow) => await EndOf(await BeginAsync(flow));

    public Task<T> EndOf<T>(Task<T> running) => Time.AdvanceUntilAsync(running, TimeSpan.FromMinutes(10));

    public Task AfterAsync(double seconds) => Time.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public void Dispose() => Call.Dispose();
}

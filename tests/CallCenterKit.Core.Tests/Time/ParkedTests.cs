namespace CallCenterKit.Time;

public class ParkedTests
{
    private readonly RunningWork _work = new();

    public ParkedTests() => _work.Enter(); // The flow that waits.

    [Fact]
    public async Task Waiting_does_not_count_and_the_result_makes_it_count_before_it_runs()
    {
        var parked = new Parked<int>(_work);
        var wait = parked.WaitAsync(default);
        Assert.Equal(0, _work.Count);

        Assert.True(parked.TryComplete(7));

        Assert.Equal(1, _work.Count);
        Assert.Equal(7, await wait);
    }

    [Fact]
    public async Task A_result_that_is_there_already_is_not_waited_for()
    {
        var parked = new Parked<int>(_work);
        parked.TryComplete(7);

        Assert.Equal(7, await parked.WaitAsync(default));
        Assert.Equal(1, _work.Count);
    }

    [Fact]
    public async Task Only_the_first_result_counts()
    {
        var parked = new Parked<int>(_work);
        var wait = parked.WaitAsync(default);

        Assert.True(parked.TryComplete(1));
        Assert.False(parked.TryComplete(2));
        Assert.False(parked.TryCancel(default));

        Assert.Equal(1, await wait);
        Assert.Equal(1, _work.Count);
    }

    [Fact]
    public async Task A_cancelled_wait_counts_again()
    {
        var parked = new Parked<int>(_work);
        using var cancellation = new CancellationTokenSource();
        var wait = parked.WaitAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(1, _work.Count);
        Assert.False(parked.TryComplete(1));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_parks_nobody()
    {
        var parked = new Parked<int>(_work);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parked.WaitAsync(new(canceled: true)));
        Assert.Equal(1, _work.Count);
    }

    [Fact]
    public async Task Result_cancellation_and_wait_may_race()
    {
        for (var round = 0; round < 5_000; round++)
        {
            var parked = new Parked<int>(_work);
            using var cancellation = new CancellationTokenSource();
            using var start = new Barrier(3);
            var complete = Task.Run(() => Together(start, () => parked.TryComplete(1)));
            var cancel = Task.Run(() => Together(start, () => parked.TryCancel(cancellation.Token)));
            start.SignalAndWait();
            var wait = parked.WaitAsync(cancellation.Token);

            await ((Task)wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.True(await complete ^ await cancel, "Exactly one of them ends the wait.");
            Assert.Equal(wait.IsCompletedSuccessfully, await complete);
            Assert.Equal(1, _work.Count);
        }
    }

    private static bool Together(Barrier start, Func<bool> act)
    {
        start.SignalAndWait();
        return act();
    }
}

namespace CallCenterKit.Time;

public class RunningWorkTests
{
    private readonly RunningWork _work = new();

    [Fact]
    public void Nothing_to_do_is_idle() => Assert.True(_work.WaitUntilIdleAsync().IsCompletedSuccessfully);

    [Fact]
    public async Task Idle_comes_with_the_last_that_leaves()
    {
        _work.Enter();
        _work.Enter();
        var idle = _work.WaitUntilIdleAsync();

        _work.Leave();
        Assert.False(idle.IsCompleted);
        _work.Leave();

        await idle;
    }

    [Fact]
    public async Task Each_time_of_work_is_waited_for_anew()
    {
        _work.Enter();
        var first = _work.WaitUntilIdleAsync();
        _work.Leave();
        await first;

        _work.Enter();
        var second = _work.WaitUntilIdleAsync();

        Assert.False(second.IsCompleted);
        _work.Leave();
        await second;
    }

    [Fact]
    public void Leaving_more_often_than_entering_is_a_mistake() => Assert.Throws<InvalidOperationException>(_work.Leave);

    [Fact]
    public async Task Counts_of_many_threads_add_up()
    {
        _work.Enter();
        var idle = _work.WaitUntilIdleAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                _work.Enter();
                _work.Leave();
            }
        })));

        Assert.Equal(1, _work.Count);
        Assert.False(idle.IsCompleted);
        _work.Leave();
        await idle;
    }
}

using CallCenterKit.Journal;

namespace CallCenterKit.Shared.Journal;

/// <summary>What every store of snapshots promises.</summary>
public abstract class SnapshotStoreContract
{
    /// <summary>An empty store, open.</summary>
    protected abstract ISnapshotStore Store { get; }

    [Fact]
    public async Task Nothing_saved_is_null() => Assert.Null(await Store.LoadAsync("routing", default));

    [Fact]
    public async Task The_newest_of_a_name_takes_the_place_of_the_earlier()
    {
        Store.Save(new("routing", 10, """{"a":1}"""));
        Store.Save(new("other", 11, "{}"));
        Store.Save(new("routing", 20, """{"a":2}"""));

        Assert.Equal(new("routing", 20, """{"a":2}"""), await Store.LoadAsync("routing", default));
        Assert.Equal(new("other", 11, "{}"), await Store.LoadAsync("other", default));
    }
}

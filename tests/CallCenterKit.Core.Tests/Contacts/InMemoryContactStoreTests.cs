using CallCenterKit.Shared;

namespace CallCenterKit.Contacts;

public class InMemoryContactStoreTests
{
    private readonly InMemoryContactStore _store = new(new CountingIds());

    [Fact]
    public async Task An_unknown_number_becomes_a_contact_once()
    {
        var first = await _store.GetOrAddAsync("+37060000001", "Ona", default);
        var again = await _store.GetOrAddAsync("+37060000001", "Somebody else", default);

        Assert.Equal(new(new(SampleIds.Interaction(1).Value), "+37060000001", "Ona"), first);
        Assert.Same(first, again);
    }

    [Fact]
    public async Task Concurrent_calls_of_one_number_create_one_contact()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await _store.GetOrAddAsync("1", null, default))));

        Assert.Single(found.Distinct());
    }

    [Fact]
    public async Task Several_who_share_a_number_are_all_found_and_the_first_is_taken()
    {
        Contact ona = new(SampleIds.Party(1), "1", "Ona"), jonas = new(SampleIds.Party(2), "1", "Jonas");
        _store.Add(ona);
        _store.Add(jonas);

        Assert.Equal([ona, jonas], await _store.FindAsync("1", default));
        Assert.Same(ona, await _store.GetOrAddAsync("1", null, default));
        Assert.Empty(await _store.FindAsync("2", default));
    }

    private sealed class CountingIds : IIdSource
    {
        private int _last;

        public Guid Next() => SampleIds.Interaction(Interlocked.Increment(ref _last)).Value;
    }
}

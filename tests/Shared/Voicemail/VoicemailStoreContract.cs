using CallCenterKit.Voicemail;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Voicemail;

/// <summary>What every store of messages promises.</summary>
public abstract class VoicemailStoreContract
{
    private static readonly MailboxId Sales = new("sales");
    private static readonly VoicemailMessage First = new(Recording(1), Sales, Interaction(1), Party(1), Noon.AddMicroseconds(5), TimeSpan.FromSeconds(4.02), "sales/1.wav");
    private static readonly VoicemailMessage Second = First with { Id = Recording(2), At = Noon.AddMinutes(1), HeardAt = Noon.AddHours(1), IsOpen = true };

    /// <summary>An empty store.</summary>
    protected abstract IVoicemailStore Store { get; }

    [Fact]
    public async Task Messages_come_back_as_they_were_the_oldest_first()
    {
        await Store.SaveAsync(Second, default);
        await Store.SaveAsync(First, default);

        Assert.Equal([First, Second], await Store.ListAsync(Sales, default));
        Assert.Empty(await Store.ListAsync(new("support"), default));
    }

    [Fact]
    public async Task A_message_that_is_saved_again_takes_the_place_of_itself()
    {
        await Store.SaveAsync(First, default);
        await Store.SaveAsync(First with { HeardAt = Noon }, default);

        Assert.Equal([First with { HeardAt = Noon }], await Store.ListAsync(Sales, default));
    }

    [Fact]
    public async Task A_deleted_message_is_forgotten_and_deleting_it_again_says_so()
    {
        await Store.SaveAsync(First, default);

        Assert.True(await Store.DeleteAsync(Sales, First.Id, default));
        Assert.False(await Store.DeleteAsync(Sales, First.Id, default));
        Assert.Empty(await Store.ListAsync(Sales, default));
    }
}

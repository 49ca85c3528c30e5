using CallCenterKit.Tests.Interop;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Tests.Voicemail;

public sealed class FolderVoicemailStoreTests : IDisposable
{
    private static readonly MailboxId Sales = new("sales");

    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Messages_come_back_to_another_life_and_no_part_of_a_file_is_left()
    {
        var first = Message(1);
        await Store().SaveAsync(Message(2), default);
        await Store().SaveAsync(first, default);
        await Store().SaveAsync(first with { HeardAt = first.At }, default);

        Assert.Equal([first with { HeardAt = first.At }, Message(2)], await Store().ListAsync(Sales, default));
        Assert.All(Directory.GetFiles(_folder.File("sales")), file => Assert.EndsWith(".json", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_hides_no_other()
    {
        await Store().SaveAsync(Message(1), default);
        await File.WriteAllTextAsync(_folder.File("sales/broken.json"), "{", TestContext.Current.CancellationToken);

        Assert.Equal([Message(1)], await Store().ListAsync(Sales, default));
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_a_mailbox_without_a_folder_is_empty()
    {
        Assert.Empty(await Store().ListAsync(Sales, default));
        await Store().SaveAsync(Message(1), default);

        Assert.True(await Store().DeleteAsync(Sales, Message(1).Id, default));
        Assert.False(await Store().DeleteAsync(Sales, Message(1).Id, default));
        Assert.Empty(await Store().ListAsync(Sales, default));
    }

    public void Dispose() => _folder.Dispose();

    private FolderVoicemailStore Store() => new(_folder.Path, NullLogger<FolderVoicemailStore>.Instance);

    private static VoicemailMessage Message(byte number) => new(
        new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])), Sales, default, default,
        new DateTimeOffset(2026, 1, 5, 9, 0, number, TimeSpan.Zero), TimeSpan.FromSeconds(number), $"sales/{number}.wav");
}

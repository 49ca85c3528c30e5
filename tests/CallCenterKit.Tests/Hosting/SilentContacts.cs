using CallCenterKit.Contacts;

namespace CallCenterKit.Tests.Hosting;

/// <summary>A directory that never answers.</summary>
internal sealed class SilentContacts : IContactStore
{
    private readonly TaskCompletionSource<Contact> _never = new();

    public ValueTask<IReadOnlyList<Contact>> FindAsync(string number, CancellationToken cancellationToken) => new([]);

    public ValueTask<Contact> GetOrAddAsync(string number, string? name, CancellationToken cancellationToken) => new(_never.Task);
}

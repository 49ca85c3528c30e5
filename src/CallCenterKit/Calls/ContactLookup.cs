using CallCenterKit.Contacts;
using CallCenterKit.Hosting;

namespace CallCenterKit.Calls;

/// <summary>Finds who somebody is without holding a call up.</summary>
internal sealed class ContactLookup(CenterServices center, IContactStore contacts)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    /// <summary>Everybody with that number; one is made when there is none. None at all when that takes longer than 50 ms or fails.</summary>
    public async Task<IReadOnlyList<Contact>> FindAsync(string number, string? name)
    {
        if (number.Length == 0)
            return [];
        try
        {
            var found = FindOrAddAsync(center.Setup.Numbers.Normalise(number), name);
            return found.IsCompletedSuccessfully ? found.Result : await found.AsTask().WaitAsync(Budget, center.Time).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            CallsLog.ContactUnknown(center.Logger, fault);
            return [];
        }
    }

    /// <summary>Who it is, if that is known at once.</summary>
    public static Contact? KnownBy(Task<IReadOnlyList<Contact>> found) => found.IsCompletedSuccessfully && found.Result.Count > 0 ? found.Result[0] : null;

    private async ValueTask<IReadOnlyList<Contact>> FindOrAddAsync(string number, string? name)
    {
        var found = await contacts.FindAsync(number, CancellationToken.None).ConfigureAwait(false);
        return found.Count > 0 ? found : [await contacts.GetOrAddAsync(number, name, CancellationToken.None).ConfigureAwait(false)];
    }
}

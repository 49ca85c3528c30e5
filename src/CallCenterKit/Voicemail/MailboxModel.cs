using CallCenterKit.Configuration;

namespace CallCenterKit.Voicemail;

/// <summary>A mailbox as it is configured now.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Phones">Whose lamps show its messages.</param>
/// <param name="TrustsPhones">Whether they hear it without a PIN.</param>
internal sealed record MailboxModel(MailboxId Id, IReadOnlyList<EndpointId> Phones, bool TrustsPhones)
{
    public static IReadOnlyDictionary<MailboxId, MailboxModel> Of(CallCenterOptions options) => options.Mailboxes.ToDictionary(
        pair => new MailboxId(pair.Key),
        pair => new MailboxModel(new(pair.Key), [.. pair.Value.Extensions.Select(extension => new EndpointId(extension))], pair.Value.TrustExtensions));
}

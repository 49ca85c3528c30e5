using CallCenterKit.DialPlans;
using CallCenterKit.Flows;

namespace CallCenterKit.Configuration;

/// <summary>What is wrong with mailboxes, each message naming the mailbox. No message holds a PIN.</summary>
/// <param name="contentRoot">Where files of PINs are looked for.</param>
internal sealed class MailboxValidation(string contentRoot)
{
    public IEnumerable<string> Faults(CallCenterOptions options) =>
        options.Mailboxes.SelectMany(pair => Faults(pair.Key, pair.Value, options)).Concat(Shared(options));

    private IEnumerable<string> Faults(string name, MailboxOptions mailbox, CallCenterOptions options)
    {
        if (!MailboxId.TryFrom(name, out _))
            yield return $"Mailbox '{name}' must be 1 to 64 letters, digits, '-', '_' or '.', the first of them no '.'.";
        foreach (var extension in mailbox.Extensions.Where(extension => !options.Extensions.ContainsKey(extension)))
            yield return $"Mailbox '{name}': extension '{extension}' does not exist. Extensions: {List(options.Extensions.Keys)}.";
        if (PinFault(name, mailbox) is { } fault)
            yield return fault;
        if (mailbox.TrustExtensions)
        {
            foreach (var open in mailbox.Extensions.Where(extension => options.Extensions.TryGetValue(extension, out var phone) && phone is { Password: null, PasswordFile: null }))
                yield return $"Mailbox '{name}': TrustExtensions lets in extension '{open}', which has no password; give it one, or the mailbox a PIN.";
        }
        else if (mailbox is { Pin: null, PinFile: null, Extensions.Count: > 0 } && IsHeardByPhone(options))
        {
            yield return $"Mailbox '{name}' has no PIN, and the dial plan leads to '{FeatureFlow.VoicemailName}'; give it Pin, PinFile or TrustExtensions.";
        }
    }

    private string? PinFault(string name, MailboxOptions mailbox)
    {
        if (mailbox is { Pin: not null, PinFile: not null })
            return $"Mailbox '{name}' has both Pin and PinFile; give one.";
        if (mailbox.PinFile is { } file && !File.Exists(Path.Combine(contentRoot, file)))
            return $"Mailbox '{name}': PinFile '{file}' does not exist in '{contentRoot}'.";
        if (mailbox is { Pin: null, PinFile: null } || (Secrets.PinOf(mailbox, contentRoot) is { Length: >= 4 and <= 16 } pin && pin.All(char.IsAsciiDigit)))
            return null;
        return $"Mailbox '{name}' needs a Pin of 4 to 16 digits, by Pin or PinFile.";
    }

    private static bool IsHeardByPhone(CallCenterOptions options) =>
        options.DialPlan.Values.Any(text => ModelFactory.Target(text, options) is ToFeature { Feature: FeatureFlow.VoicemailFeature });

    private static IEnumerable<string> Shared(CallCenterOptions options) => options.Mailboxes
        .SelectMany(pair => pair.Value.Extensions, (pair, extension) => (Mailbox: pair.Key, Extension: extension))
        .GroupBy(pair => pair.Extension)
        .Where(group => group.Count() > 1)
        .Select(shared => $"Extension '{shared.Key}' has mailboxes {List(shared.Select(pair => pair.Mailbox))}; one lamp shows one mailbox.");

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'")) is { Length: > 0 } list ? list : "none";
}

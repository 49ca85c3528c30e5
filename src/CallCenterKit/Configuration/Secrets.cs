using CallCenterKit.Sip;

namespace CallCenterKit.Configuration;

/// <summary>Reads what must not stand in a log.</summary>
internal static class Secrets
{
    /// <summary>The agent's PIN, from the options or from its file; null when there is none.</summary>
    public static string? PinOf(AgentOptions agent, string contentRoot) => Read(agent.Pin, agent.PinFile, contentRoot);

    /// <summary>The PIN of a mailbox, from the options or from its file; null when there is none.</summary>
    public static string? PinOf(MailboxOptions mailbox, string contentRoot) => Read(mailbox.Pin, mailbox.PinFile, contentRoot);

    /// <summary>The extension's password, from the options or from its file; null when there is none.</summary>
    public static string? PasswordOf(ExtensionOptions extension, string contentRoot) => Read(extension.Password, extension.PasswordFile, contentRoot);

    /// <summary>The password of a trunk, from the options or from its file; null when there is none.</summary>
    public static string? PasswordOf(SipTrunkOptions trunk, string contentRoot) => Read(trunk.Password, trunk.PasswordFile, contentRoot);

    private static string? Read(string? value, string? file, string contentRoot) =>
        file is null ? value : File.ReadLines(Path.Combine(contentRoot, file)).FirstOrDefault();
}

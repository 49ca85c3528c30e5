using CallCenterKit.Hosting;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Tests.Voicemail;

/// <summary>A center with one mailbox, that of phone 201, and what people do with it.</summary>
internal static class MailboxCalls
{
    public static readonly MailboxId Sales = new("sales");

    /// <summary>Callers get there by 600; its greeting takes a second.</summary>
    public static CallCenterBuilder WithMailbox(CallCenterBuilder cc) => cc
        .AddMailbox("sales", "201")
        .Configure(options =>
        {
            options.Mailboxes["sales"].Greeting = "menu.wav";
            options.DialPlan["600"] = "flow:voicemail:sales";
            options.Sip.UnsolicitedMessageWaiting = true;
            options.Recording.WholeNumbersFor.Add("supervisor");
        });

    public static ScriptedPhone PhoneOf(this TestCenter center, string extension) => center.World.Phones.Single(phone => phone.Options.User == extension);

    public static void AddPrompt(this TestCenter center, string name)
    {
        Directory.CreateDirectory(Path.Combine(center.PromptFolder, "en", "voicemail"));
        File.Copy(Path.Combine(center.PromptFolder, "hello.wav"), Path.Combine(center.PromptFolder, "en", "voicemail", $"{name}.wav"));
    }

    /// <summary>A caller who has spoken for so long after the beep, and is still there.</summary>
    public static async Task<ScriptedCall> SpeakAsync(this TestCenter center, double seconds)
    {
        var caller = center.Dial("600");
        await center.AdvanceAsync(1.3 + seconds); // the greeting takes 1 s, the beep 0.2 s
        return caller;
    }

    public static async Task<VoicemailMessage> LeaveMessageAsync(this TestCenter center)
    {
        var caller = await center.SpeakAsync(seconds: 4);
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
        return (await center.MessagesAsync())[^1];
    }

    public static Task<IReadOnlyList<VoicemailMessage>> MessagesAsync(this TestCenter center) =>
        center.RunAsync(() => center.Center.ListMessagesAsync(Sales, CancellationToken.None).AsTask());

    /// <summary>What the lamp of phone 201 was told, in order: new messages and heard ones.</summary>
    public static IReadOnlyList<string> Lamps(this TestCenter center) =>
    [
        .. center.PhoneOf("201").Trace
            .Where(line => line.StartLine.StartsWith("NOTIFY", StringComparison.Ordinal))
            .Select(line => line.Text.Split("Voice-Message: ") is [_, var counts] ? counts.Trim().Split(' ')[0] : "")
            .Where(counts => counts.Length > 0),
    ];
}

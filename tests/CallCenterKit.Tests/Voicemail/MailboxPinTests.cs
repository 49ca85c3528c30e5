using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Options;
using static CallCenterKit.Tests.Voicemail.MailboxCalls;

namespace CallCenterKit.Tests.Voicemail;

/// <summary>Who hears a mailbox has its PIN, unless the phone itself is trusted.</summary>
public sealed class MailboxPinTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Whoever_keys_the_pin_hears_the_message_and_the_pin_stands_nowhere()
    {
        await using var center = await StartAsync();
        await center.LeaveMessageAsync();

        var call = await KeyAsync(center, "4711");
        await center.AdvanceAsync(2);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);
        await center.RunAsync(() => call.Ended);
        await center.SettleAsync();

        Assert.Equal(new("extension:201"), Assert.Single(center.Events<VoicemailHeard>()).By);
        Assert.DoesNotContain(center.Memory.Journal.Entries, entry => CallCenterKit.Journal.EventCatalog.Write(entry.Event).Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_wrong_pins_end_the_call_and_nothing_is_heard()
    {
        await using var center = await StartAsync();
        center.Log.Expect(7505);
        await center.LeaveMessageAsync();

        await KeyAsync(center, "0000", "0001", "0002");

        Assert.Equal(3, center.Log.CountOf(7505));
        Assert.Null(Assert.Single(await center.MessagesAsync()).HeardAt);
    }

    [Fact]
    public async Task Five_wrong_pins_within_five_minutes_lock_the_mailbox_for_five_minutes()
    {
        await using var center = await StartAsync();
        center.Log.Expect(7505);
        await center.LeaveMessageAsync();
        await KeyAsync(center, "0000", "0001", "0002");
        await KeyAsync(center, "0003", "0004", "4711");
        Assert.Equal(6, center.Log.CountOf(7505));
        Assert.Null(Assert.Single(await center.MessagesAsync()).HeardAt);

        await center.AdvanceAsync(301);
        var call = await KeyAsync(center, "4711");
        await center.AdvanceAsync(2);

        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);
    }

    [Theory]
    [InlineData("Mailbox 'sales' has no PIN, and the dial plan leads to 'feature:voicemail'; give it Pin, PinFile or TrustExtensions.", null, null, false)]
    [InlineData("Mailbox 'sales' needs a Pin of 4 to 16 digits, by Pin or PinFile.", "12a4", null, false)]
    [InlineData("Mailbox 'sales' needs a Pin of 4 to 16 digits, by Pin or PinFile.", "123", null, true)]
    [InlineData("Mailbox 'sales' has both Pin and PinFile; give one.", "1234", "menu.wav", false)]
    [InlineData("Mailbox 'sales': PinFile 'nowhere' does not exist in ", null, "nowhere", false)]
    [InlineData("Mailbox 'sales': TrustExtensions lets in extension '202', which has no password; give it one, or the mailbox a PIN.", "1234", null, true)]
    public async Task A_mailbox_that_is_open_by_mistake_is_refused_at_the_start(string fault, string? pin, string? file, bool trust)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options =>
        {
            options.Extensions["202"] = new() { Contact = "sip:202@192.0.2.7" };
            var mailbox = options.Mailboxes["sales"];
            (mailbox.Pin, mailbox.PinFile, mailbox.TrustExtensions) = (pin, file, trust);
            if (pin == "1234" && trust)
                mailbox.Extensions.Add("202");
        }));

        Assert.StartsWith(fault, Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_no_phone_hears_needs_no_pin()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));

        Assert.True(center.Center.IsRunning);
    }

    private static async Task<TestCenter> StartAsync(Action<CallCenterOptions>? configure = null)
    {
        var center = await TestCenter.StartAsync(cc => WithMailbox(cc).Configure(options =>
        {
            options.DialPlan["*98"] = "feature:voicemail";
            options.Mailboxes["sales"].Pin = "4711";
            configure?.Invoke(options);
        }));
        await center.World.AgentAsync("201", new());
        return center;
    }

    /// <summary>A call of the phone that keys these PINs, one after another; who has keyed three is hung up on.</summary>
    private static async Task<ScriptedCall> KeyAsync(TestCenter center, params string[] pins)
    {
        var call = center.PhoneOf("201").Dial("*98");
        await center.AdvanceAsync(1);
        foreach (var pin in pins)
        {
            await center.PressAsync(call, pin + "#");
            await center.AdvanceAsync(1);
        }
        if (pins.Length == 3)
            Assert.Equal(ScriptedCallEnd.HungUpThere, await center.RunAsync(() => call.Ended));
        return call;
    }
}

using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Documents;

/// <summary>A flow that has every step with every property.</summary>
internal static class EveryStep
{
    public static IvrFlow Flow { get; } = IvrFlow.Create("main", flow => flow
        .Version(7)
        .Answer()
        .Play("recorded.wav", bargeIn: false)
        .Play(["welcome.wav", new PromptPart.Silence(TimeSpan.FromSeconds(0.5)), new PromptPart.Tone(ToneKind.Beep)])
        .PauseRecording()
        .ResumeRecording()
        .Set("language", "lietuvių")
        .When("language", when => when.Is("lietuvių", "menu").Is("\"<fa>\" & #1\n", "menu").Otherwise("consent"))
        .Node("consent", node => node
            .RecordingConsent("may-we.wav", consent => consent
                .OnGiven("menu").OnRefused("night").SilenceConsents().Keys('3', '4').Timeout(TimeSpan.FromSeconds(6)).Retries(2)))
        .Node("menu", node => node
            .Menu("menu.wav", menu => menu
                .On('1', "sales").On('#', "account").OnNoInput("menu").OnInvalid("night").InvalidPrompt("sorry.wav")
                .Timeout(TimeSpan.FromSeconds(7)).Retries(0).NoTypeAhead()))
        .Node("account", node => node
            .Collect("account", "account.wav", (4, 8), collect => collect
                .OnCollected("sales").OnNoInput("night").OnInvalid("night").InvalidPrompt(["sorry.wav", "account.wav"])
                .Terminator(null).FirstDigitTimeout(TimeSpan.FromSeconds(8)).InterDigitTimeout(TimeSpan.FromSeconds(2)).Retries(1).NoTypeAhead()))
        .Node("sales", node => node
            .Queue("sales", queue => queue.OnAnswered("bye").OnTimedOut("menu").OnFull("night").OnEmpty("night").OnClosed("bye").OnCallbackBooked("bye")))
        .Node("bye", node => node.HangUp())
        .Node("night", node => node
            .Menu("closed.wav", menu => menu.On('0', "bye").OnNoInput("reject"))
            .GoToFlow("night"))
        .Node("reject", node => node.Play("bye.wav").HangUp(HangUpCause.Rejected)));
}

using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Routing;
using CallCenterKit.Supervisors;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Flows;

/// <summary>What agents do by dialling a number: log in by code and PIN from any phone of ours, log out, pause, be ready, hear their messages.</summary>
internal sealed class FeatureFlow(string feature, ConversationHost host, CenterServices center) : IFlow
{
    /// <summary>The features there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [LogInFeature, LogOutFeature, PauseFeature, ReadyFeature, VoicemailFeature, SupervisorFeature.Name];

    /// <summary>Hearing the mailbox of the phone.</summary>
    public const string VoicemailFeature = "voicemail";

    /// <summary>As the dial plan calls it.</summary>
    public const string VoicemailName = $"feature:{VoicemailFeature}";

    private const string LogInFeature = "login";
    private const string LogOutFeature = "logout";
    private const string PauseFeature = "pause";
    private const string ReadyFeature = "ready";
    private const int Attempts = 3;

    /// <summary>Why there is no such feature; null when there is. A pause may name its break kind: "pause:lunch".</summary>
    public static string? Fault(string feature, IEnumerable<string> breakKinds)
    {
        if (Names.Contains(feature) || SupervisorFeature.RoleOf(feature) is not null)
            return null;
        if (KindOf(feature) is not { } kind)
            return $"names no feature. Features: {List(Names)}";
        return !breakKinds.Any() || breakKinds.Contains(kind) ? null : $"names no break kind. Break kinds: {List(breakKinds)}";
    }

    public string Name => $"feature:{feature}";

    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken)
    {
        if (host.Customer.Origin is not CallOrigin.FromEndpoint { Endpoint: var endpoint } || SupervisorFeature.RoleOf(feature) is not null)
        {
            call.HangUp(HangUpCause.Forbidden); // Only our own phones, which have registered with a password; nobody is led on to supervise.
            return;
        }
        await call.AnswerAsync(cancellationToken).ConfigureAwait(false);
        if (feature == LogInFeature)
            await LogInAsync(call, endpoint, cancellationToken).ConfigureAwait(false);
        else if (feature == VoicemailFeature)
            await HearAsync(call, endpoint, cancellationToken).ConfigureAwait(false);
        else
            await TellAsync(call, endpoint, cancellationToken).ConfigureAwait(false);
        call.HangUp();
    }

    private async ValueTask LogInAsync(FlowCall call, EndpointId endpoint, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var code = await AskAsync(call, "enter-code", 1, cancellationToken).ConfigureAwait(false);
            var pin = code is null ? null : await AskAsync(call, "enter-pin", 4, cancellationToken).ConfigureAwait(false);
            if (pin is null)
                return;
            var outcome = center.LogIn(code!, pin, endpoint);
            await SayAsync(call, outcome == CodeOutcome.LoggedIn ? "logged-in" : "wrong", cancellationToken).ConfigureAwait(false);
            if (outcome != CodeOutcome.Wrong)
                return;
        }
    }

    private async ValueTask HearAsync(FlowCall call, EndpointId endpoint, CancellationToken cancellationToken)
    {
        if (center.Mailboxes.All.Values.FirstOrDefault(mailbox => mailbox.Phones.Contains(endpoint)) is not { } mailbox)
            await SayAsync(call, "wrong", cancellationToken).ConfigureAwait(false);
        else if (mailbox.TrustsPhones || await OpenAsync(call, mailbox.Id, endpoint, cancellationToken).ConfigureAwait(false))
            await new MailboxFlow(mailbox, endpoint, center).RunAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the PIN of a mailbox, three times at most.</summary>
    private async ValueTask<bool> OpenAsync(FlowCall call, MailboxId mailbox, EndpointId endpoint, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await AskAsync(call, "enter-pin", 4, cancellationToken).ConfigureAwait(false) is not { } pin)
                return false;
            var isRight = center.Setup.MailboxPins.Try(mailbox, pin, endpoint);
            if (isRight == true)
                return true;
            VoicemailLog.Refused(center.Logger, mailbox, endpoint, isRight is null ? "locked" : "wrong PIN");
            await SayAsync(call, "wrong", cancellationToken).ConfigureAwait(false);
            if (isRight is null)
                return false;
        }
        return false;
    }

    private async ValueTask TellAsync(FlowCall call, EndpointId endpoint, CancellationToken cancellationToken)
    {
        if (center.Board.Current.Agents.FirstOrDefault(agent => agent.Endpoint == endpoint) is not { } agent)
        {
            await SayAsync(call, "wrong", cancellationToken).ConfigureAwait(false);
            return;
        }
        var by = Actors.Of(agent.Id);
        (RoutingCommand command, string said) = feature switch
        {
            LogOutFeature => ((RoutingCommand)new LogOut(agent.Id, by, WhenFree: true), "logged-out"),
            ReadyFeature => (new Resume(agent.Id, by), "ready"),
            _ => (new Pause(agent.Id, KindOf(feature) ?? (center.Model.BreakKinds.Count > 0 ? center.Model.BreakKinds[0] : PauseFeature), by), "paused"),
        };
        center.Routing.Post(command);
        await SayAsync(call, said, cancellationToken).ConfigureAwait(false);
    }

    private static string? KindOf(string feature) => feature.Split(':', 2) is [PauseFeature, { Length: > 0 } kind] ? kind : null;

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private async ValueTask<string?> AskAsync(FlowCall call, string prompt, int min, CancellationToken cancellationToken)
    {
        var request = new DigitsRequest(min, 16);
        return await call.CollectAsync(PromptOf(prompt), request, cancellationToken).ConfigureAwait(false) is DigitsResult.Collected(var digits) ? digits : null;
    }

    private async ValueTask SayAsync(FlowCall call, string prompt, CancellationToken cancellationToken) =>
        await call.PlayAsync(PromptOf(prompt), cancellationToken).ConfigureAwait(false);

    /// <summary>The recording, or a beep where the center has none.</summary>
    private Prompt PromptOf(string name)
    {
        var file = $"{center.Language}/login/{name}.wav";
        return center.Prompts.TryFind(file, out _) ? file : Prompt.Of(new PromptPart.Tone(ToneKind.Beep));
    }
}

using CallCenterKit.Ivr.Input;
using CallCenterKit.Queues;

namespace CallCenterKit.Ivr.Documents;

/// <summary>Says and asks what the nodes of a document prescribe, by the verbs that code uses too.</summary>
internal sealed class IvrConversation(FlowCall call, CancellationToken cancellationToken)
{
    private const int MostOverflows = 8;

    private bool _isOver;

    /// <summary>Runs one node; returns the next one, or null at the end of the flow.</summary>
    public async ValueTask<string?> RunAsync(IvrNode node)
    {
        foreach (var step in node.Steps)
        {
            var next = await PerformAsync(step).ConfigureAwait(false);
            if (next is not null || _isOver)
                return next;
        }

        return null;
    }

    private async ValueTask<string?> PerformAsync(IvrStep step)
    {
        switch (step)
        {
            case IvrStep.Answer:
                await call.AnswerAsync(cancellationToken).ConfigureAwait(false);
                return null;
            case IvrStep.Play play:
                await call.PlayAsync(play.Prompt, play.BargeIn, cancellationToken).ConfigureAwait(false);
                return null;
            case IvrStep.Menu menu:
                return await AskAsync(menu).ConfigureAwait(false);
            case IvrStep.Collect collect:
                return await CollectAsync(collect).ConfigureAwait(false);
            case IvrStep.Consent consent:
                return await call.AskRecordingConsentAsync(consent.Prompt, consent.ToRequest(), cancellationToken).ConfigureAwait(false) ? consent.Given : consent.Refused;
            case IvrStep.PauseRecording:
                await call.PauseRecordingAsync(cancellationToken).ConfigureAwait(false);
                return null;
            case IvrStep.ResumeRecording:
                await call.ResumeRecordingAsync(cancellationToken).ConfigureAwait(false);
                return null;
            case IvrStep.Set set:
                call.SetVariable(set.Variable, set.Value);
                return null;
            case IvrStep.When choice:
                return Choose(choice.Is, call.GetVariable(choice.Variable) ?? "") ?? choice.Otherwise;
            case IvrStep.Queue queue:
                return await QueueAsync(queue).ConfigureAwait(false);
            case IvrStep.GoTo goTo:
                return goTo.Node;
            case IvrStep.GoToFlow other:
                call.GoTo(other.Flow);
                return End();
            case IvrStep.HangUp hangUp:
                call.HangUp(hangUp.Cause);
                return End();
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async ValueTask<string?> AskAsync(IvrStep.Menu menu) =>
        await call.AskAsync(menu.Prompt, menu.ToMenu(), cancellationToken).ConfigureAwait(false) switch
        {
            MenuChoice.Digit(var key) => Choose(menu.On, key.ToString()),
            MenuChoice.NoInput => menu.NoInput,
            _ => menu.Invalid,
        };

    private async ValueTask<string?> CollectAsync(IvrStep.Collect collect)
    {
        switch (await call.CollectAsync(collect.Prompt, collect.ToRequest(), cancellationToken).ConfigureAwait(false))
        {
            case DigitsResult.Collected(var digits):
                call.SetVariable(collect.Variable, digits);
                return collect.Collected;
            case DigitsResult.NoInput:
                return collect.NoInput;
            default:
                return collect.Invalid;
        }
    }

    /// <summary>A node of the flow comes before the queue's own overflow target, and that before the next step.</summary>
    private async ValueTask<string?> QueueAsync(IvrStep.Queue step)
    {
        var outcome = await call.QueueAsync(step.Name, cancellationToken).ConfigureAwait(false);
        for (var overflows = 0; overflows < MostOverflows; overflows++)
        {
            (string? node, Overflow? overflow) = outcome switch
            {
                QueueOutcome.Answered => (step.Answered, (Overflow?)null),
                QueueOutcome.TimedOut => (step.TimedOut, outcome.Onward),
                QueueOutcome.Full => (step.Full, outcome.Onward),
                QueueOutcome.Empty => (step.Empty ?? step.Full ?? step.TimedOut, outcome.Onward),
                QueueOutcome.Closed => (step.Closed ?? step.Full ?? step.TimedOut, outcome.Onward),
                QueueOutcome.CallbackBooked booked => (step.CallbackBooked ?? await ConfirmAsync(booked).ConfigureAwait(false), null),
                _ => (End(), null),
            };
            if (node is not null || overflow is null)
                return node;
            var followed = await call.FollowAsync(overflow, cancellationToken).ConfigureAwait(false);
            if (followed is null)
                return End();
            outcome = followed;
        }

        return null;
    }

    private async ValueTask<string?> ConfirmAsync(QueueOutcome.CallbackBooked booked)
    {
        await call.ConfirmCallbackAsync(booked, cancellationToken).ConfigureAwait(false);
        return End();
    }

    private string? End()
    {
        _isOver = true;
        return null;
    }

    private static string? Choose(IEnumerable<IvrTransition> transitions, string on) =>
        transitions.FirstOrDefault(transition => transition.On == on)?.Node;
}

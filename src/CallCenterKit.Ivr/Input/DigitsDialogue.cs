using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Input;

/// <summary>Asks for digits until there are enough or patience is at its end.</summary>
internal sealed class DigitsDialogue(Speaker speaker, Keypad keypad, Prompt prompt, DigitsRequest request)
{
    public async ValueTask<DigitsResult> RunAsync(CancellationToken cancellationToken)
    {
        if (!request.TypeAhead)
            keypad.Clear();
        for (var retriesLeft = request.Retries; ; retriesLeft--)
        {
            await speaker.SayAsync(prompt, bargeIn: true, cancellationToken).ConfigureAwait(false);
            var result = await CollectAsync(cancellationToken).ConfigureAwait(false);
            if (result is DigitsResult.Invalid)
                keypad.Clear();                       // what was typed after a wrong key was meant for another place
            if (result is DigitsResult.Collected || retriesLeft == 0)
                return result;
            if (result is DigitsResult.Invalid && request.InvalidPrompt is { } sorry)
                await speaker.SayAsync(sorry, bargeIn: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<DigitsResult> CollectAsync(CancellationToken cancellationToken)
    {
        var digits = "";
        while (digits.Length < request.Max)
        {
            var timeout = digits.Length == 0 ? request.FirstDigitTimeout : request.InterDigitTimeout;
            var key = await keypad.ReadAsync(timeout, cancellationToken).ConfigureAwait(false);
            if (key is null && digits.Length == 0)
                return new DigitsResult.NoInput();
            if (key is null || key == request.Terminator)
                return digits.Length >= request.Min ? new DigitsResult.Collected(digits) : new DigitsResult.Invalid(digits);
            if (!char.IsAsciiDigit(key.Value))
                return new DigitsResult.Invalid(digits);
            digits += key;
        }

        if (request.Terminator is { } terminator)
            keypad.Skip(terminator);                  // many callers end with it though the last digit was enough
        return new DigitsResult.Collected(digits);
    }
}

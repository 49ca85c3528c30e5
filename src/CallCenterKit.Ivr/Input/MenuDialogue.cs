using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Input;

/// <summary>Asks for one key until it is one of the menu's or patience is at its end.</summary>
internal sealed class MenuDialogue(Speaker speaker, Keypad keypad, Prompt prompt, Menu menu)
{
    public async ValueTask<MenuChoice> RunAsync(CancellationToken cancellationToken)
    {
        if (!menu.TypeAhead)
            keypad.Clear();
        for (var retriesLeft = menu.Retries; ; retriesLeft--)
        {
            var choice = await AskAsync(cancellationToken).ConfigureAwait(false);
            if (choice is MenuChoice.Invalid)
                keypad.Clear();                       // what was typed after a wrong key was meant for another place
            if (choice is MenuChoice.Digit || retriesLeft == 0)
                return choice;
            if (choice is MenuChoice.Invalid && menu.InvalidPrompt is { } sorry)
                await speaker.SayAsync(sorry, bargeIn: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<MenuChoice> AskAsync(CancellationToken cancellationToken)
    {
        await speaker.SayAsync(prompt, bargeIn: true, cancellationToken).ConfigureAwait(false);
        return await keypad.ReadAsync(menu.Timeout, cancellationToken).ConfigureAwait(false) switch
        {
            null => new MenuChoice.NoInput(),
            { } key when menu.Keys.Contains(key, StringComparison.Ordinal) => new MenuChoice.Digit(key),
            { } key => new MenuChoice.Invalid(key),
        };
    }
}

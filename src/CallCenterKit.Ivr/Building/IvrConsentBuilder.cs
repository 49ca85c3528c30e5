using CallCenterKit.Ivr.Documents;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Building;

/// <summary>Says where the answer to being recorded leads, and what silence means.</summary>
public sealed class IvrConsentBuilder
{
    internal IvrConsentBuilder(Prompt prompt) => Step = new(prompt);

    internal IvrStep.Consent Step { get; private set; }

    /// <summary>The node after a yes.</summary>
    public IvrConsentBuilder OnGiven(string node) => With(Step with { Given = node });

    /// <summary>The node after a no.</summary>
    public IvrConsentBuilder OnRefused(string node) => With(Step with { Refused = node });

    /// <summary>No key is a yes: opt-out.</summary>
    public IvrConsentBuilder SilenceConsents() => With(Step with { SilenceConsents = true });

    /// <summary>The keys for yes and no.</summary>
    public IvrConsentBuilder Keys(char yes, char no) => With(Step with { YesKey = yes, NoKey = no });

    /// <inheritdoc cref="Input.ConsentRequest.Timeout"/>
    public IvrConsentBuilder Timeout(TimeSpan timeout) => With(Step with { Timeout = timeout });

    /// <inheritdoc cref="Input.ConsentRequest.Retries"/>
    public IvrConsentBuilder Retries(int retries) => With(Step with { Retries = retries });

    private IvrConsentBuilder With(IvrStep.Consent step)
    {
        Step = step;
        return this;
    }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Documents;

/// <summary>One verb of a flow that is data. What is null has the default of the verb; an answer without a node goes on with the next step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verb")]
[JsonDerivedType(typeof(Answer), "answer")]
[JsonDerivedType(typeof(Play), "play")]
[JsonDerivedType(typeof(Menu), "menu")]
[JsonDerivedType(typeof(Collect), "collect")]
[JsonDerivedType(typeof(Consent), "recordingConsent")]
[JsonDerivedType(typeof(PauseRecording), "pauseRecording")]
[JsonDerivedType(typeof(ResumeRecording), "resumeRecording")]
[JsonDerivedType(typeof(Set), "set")]
[JsonDerivedType(typeof(When), "when")]
[JsonDerivedType(typeof(Queue), "queue")]
[JsonDerivedType(typeof(GoTo), "goTo")]
[JsonDerivedType(typeof(GoToFlow), "goToFlow")]
[JsonDerivedType(typeof(HangUp), "hangUp")]
public abstract record IvrStep
{
    private IvrStep()
    {
    }

    /// <summary><see cref="FlowCall.AnswerAsync"/>.</summary>
    public sealed record Answer : IvrStep;

    /// <summary><see cref="FlowCall.PlayAsync(Prompt, bool, CancellationToken)"/>.</summary>
    public sealed record Play(Prompt Prompt, bool BargeIn = true) : IvrStep;

    /// <summary><see cref="FlowCall.AskAsync"/>.</summary>
    /// <param name="Prompt">Names the keys.</param>
    /// <param name="On">Each key and the node it leads to.</param>
    public sealed record Menu(Prompt Prompt, [property: JsonConverter(typeof(TransitionsJsonConverter))] ImmutableArray<IvrTransition> On) : IvrStep
    {
        /// <summary>The node after no key at all.</summary>
        public string? NoInput { get; init; }

        /// <summary>The node after a wrong key at the last attempt.</summary>
        public string? Invalid { get; init; }

        /// <summary>Said after a wrong key.</summary>
        public Prompt? InvalidPrompt { get; init; }

        /// <summary>How long to wait for a key. Over zero, up to 60 s.</summary>
        public TimeSpan? Timeout { get; init; }

        /// <summary>How often the prompt is repeated. 0 to 10.</summary>
        public int? Retries { get; init; }

        /// <summary>Whether a key pressed before the prompt counts.</summary>
        public bool? TypeAhead { get; init; }

        internal Input.Menu ToMenu()
        {
            var usual = new Input.Menu(string.Concat(On.OrEmpty().Where(transition => transition.On.Length == 1).Select(transition => transition.On)));
            return usual with
            {
                Timeout = Timeout ?? usual.Timeout,
                Retries = Retries ?? usual.Retries,
                InvalidPrompt = InvalidPrompt,
                TypeAhead = TypeAhead ?? usual.TypeAhead,
            };
        }
    }

    /// <summary><see cref="FlowCall.CollectAsync"/>, into a variable.</summary>
    /// <param name="Variable">What the digits are called.</param>
    /// <param name="Prompt">Asks for them.</param>
    /// <param name="Min">The fewest.</param>
    /// <param name="Max">The most.</param>
    public sealed record Collect(string Variable, Prompt Prompt, int Min, int Max) : IvrStep
    {
        /// <summary>The node after enough digits.</summary>
        public string? Collected { get; init; }

        /// <summary>The node after no key at all.</summary>
        public string? NoInput { get; init; }

        /// <summary>The node after a wrong input at the last attempt.</summary>
        public string? Invalid { get; init; }

        /// <summary>Said after a wrong input.</summary>
        public Prompt? InvalidPrompt { get; init; }

        /// <summary>The key that ends the input: "*", "#", or "" for none.</summary>
        public string? Terminator { get; init; }

        /// <summary>How long to wait for the first digit. Over zero, up to 60 s.</summary>
        public TimeSpan? FirstDigitTimeout { get; init; }

        /// <summary>How long to wait for each further digit. Over zero, up to 60 s.</summary>
        public TimeSpan? InterDigitTimeout { get; init; }

        /// <summary>How often the prompt is repeated. 0 to 10.</summary>
        public int? Retries { get; init; }

        /// <summary>Whether digits keyed before the prompt count.</summary>
        public bool? TypeAhead { get; init; }

        internal DigitsRequest ToRequest()
        {
            var usual = new DigitsRequest(Min, Max);
            return usual with
            {
                Terminator = Terminator switch { null => usual.Terminator, "" => null, _ => Terminator[0] },
                FirstDigitTimeout = FirstDigitTimeout ?? usual.FirstDigitTimeout,
                InterDigitTimeout = InterDigitTimeout ?? usual.InterDigitTimeout,
                Retries = Retries ?? usual.Retries,
                InvalidPrompt = InvalidPrompt,
                TypeAhead = TypeAhead ?? usual.TypeAhead,
            };
        }
    }

    /// <summary><see cref="FlowCall.AskRecordingConsentAsync"/>.</summary>
    /// <param name="Prompt">Names the keys.</param>
    public sealed record Consent(Prompt Prompt) : IvrStep
    {
        /// <summary>The node after a yes.</summary>
        public string? Given { get; init; }

        /// <summary>The node after a no.</summary>
        public string? Refused { get; init; }

        /// <summary>Whether no key is a yes: opt-out. False by default: opt-in.</summary>
        public bool? SilenceConsents { get; init; }

        /// <summary>The key for yes.</summary>
        public char? YesKey { get; init; }

        /// <summary>The key for no.</summary>
        public char? NoKey { get; init; }

        /// <summary>How long to wait for a key. Over zero, up to 60 s.</summary>
        public TimeSpan? Timeout { get; init; }

        /// <summary>How often the prompt is repeated. 0 to 10.</summary>
        public int? Retries { get; init; }

        internal ConsentRequest ToRequest()
        {
            var usual = SilenceConsents == true ? ConsentRequest.OptOut : ConsentRequest.OptIn;
            return usual with
            {
                YesKey = YesKey ?? usual.YesKey,
                NoKey = NoKey ?? usual.NoKey,
                Timeout = Timeout ?? usual.Timeout,
                Retries = Retries ?? usual.Retries,
            };
        }
    }

    /// <summary><see cref="FlowCall.PauseRecordingAsync"/>.</summary>
    public sealed record PauseRecording : IvrStep;

    /// <summary><see cref="FlowCall.ResumeRecordingAsync"/>.</summary>
    public sealed record ResumeRecording : IvrStep;

    /// <summary><see cref="FlowCall.SetVariable"/>.</summary>
    public sealed record Set(string Variable, string Value) : IvrStep;

    /// <summary>Goes where the value of a variable leads; a variable without a value is the empty text.</summary>
    /// <param name="Variable">What to look at.</param>
    /// <param name="Is">Each value, compared by ordinal, and the node it leads to.</param>
    /// <param name="Otherwise">The node for all other values.</param>
    public sealed record When(
        string Variable,
        [property: JsonConverter(typeof(TransitionsJsonConverter))] ImmutableArray<IvrTransition> Is,
        string? Otherwise = null) : IvrStep;

    /// <summary><see cref="FlowCall.QueueAsync(string, CancellationToken)"/>.</summary>
    /// <param name="Name">The queue.</param>
    public sealed record Queue(string Name) : IvrStep
    {
        /// <summary>The node for a caller who is back from the agent.</summary>
        public string? Answered { get; init; }

        /// <summary>The node for a caller who waited too long; without it the queue's own overflow target is followed.</summary>
        public string? TimedOut { get; init; }

        /// <summary>The node for a caller who found no place; without it the queue's own overflow target is followed.</summary>
        public string? Full { get; init; }

        /// <summary>The node for a caller for whom nobody was at work; without it <see cref="Full"/>, then <see cref="TimedOut"/>.</summary>
        public string? Empty { get; init; }

        /// <summary>The node for a caller who came out of hours; without it <see cref="Full"/>, then <see cref="TimedOut"/>.</summary>
        public string? Closed { get; init; }

        /// <summary>The node for a caller who will be called back; without it the caller is told so and the call ended.</summary>
        public string? CallbackBooked { get; init; }
    }

    /// <summary>Goes on with another node.</summary>
    public sealed record GoTo(string Node) : IvrStep;

    /// <summary><see cref="FlowCall.GoTo"/>.</summary>
    public sealed record GoToFlow(string Flow) : IvrStep;

    /// <summary><see cref="FlowCall.HangUp"/>.</summary>
    public sealed record HangUp(HangUpCause Cause = HangUpCause.Normal) : IvrStep;
}

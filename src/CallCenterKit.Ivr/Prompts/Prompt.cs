using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>What the machine says at one point, piece after piece: <c>"menu.wav"</c> or <c>["sorry.wav", "menu.wav"]</c>.</summary>
/// <remarks>Immutable.</remarks>
[CollectionBuilder(typeof(Prompt), nameof(Of))]
[JsonConverter(typeof(PromptJsonConverter))]
public sealed class Prompt : IReadOnlyList<PromptPart>
{
    private readonly ImmutableArray<PromptPart> _parts;

    private Prompt(ImmutableArray<PromptPart> parts) => _parts = parts;

    /// <inheritdoc />
    public int Count => _parts.Length;

    /// <inheritdoc />
    public PromptPart this[int index] => _parts[index];

    /// <summary>A prompt of one recording, so that a string can stand for it.</summary>
    public static implicit operator Prompt(string name) => FromString(name);

    /// <summary>A prompt of one recording.</summary>
    /// <param name="name">As the <see cref="IPromptCatalog"/> knows it.</param>
    public static Prompt FromString(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new([new PromptPart.File(name)]);
    }

    /// <summary>A prompt of several pieces.</summary>
    public static Prompt Of(params ReadOnlySpan<PromptPart> parts) => new([.. parts]);

    /// <inheritdoc />
    public IEnumerator<PromptPart> GetEnumerator() => ((IEnumerable<PromptPart>)_parts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The pieces, for a drawing or a log.</summary>
    public override string ToString() => string.Join(", ", _parts.Select(part => part switch
    {
        PromptPart.File file => file.Name,
        PromptPart.Tone tone => $"tone {tone.Kind}",
        PromptPart.Silence silence => $"{silence.Duration.TotalSeconds} s of silence",
        PromptPart.Text text => $"\"{text.Words}\"",
        _ => PromptPartText.TryWrite(part, out var name, out var value) ? $"{name} {value}" : part.ToString(),
    }));

    /// <summary>What a driver is asked to play; null when nothing is to be said.</summary>
    /// <exception cref="FileNotFoundException">The catalog does not have one of the recordings.</exception>
    /// <exception cref="NotSupportedException">A piece needs a language or an engine; a flow has both.</exception>
    public PlayRequest? ToRequest(IPromptCatalog catalog) => Count == 0 ? null : new([.. _parts.Select(part => Resolve(part, catalog))]);

    private static PlaySource Resolve(PromptPart part, IPromptCatalog catalog) => part switch
    {
        PromptPart.Tone tone => new PlaySource.Tone(tone.Kind),
        PromptPart.Silence silence => new PlaySource.Silence(silence.Duration),
        PromptPart.Sound sound => new PlaySource.File(sound.Path),
        PromptPart.File file when catalog.TryFind(file.Name, out var path) => new PlaySource.File(path),
        PromptPart.File file => throw Missing(file.Name, catalog),
        _ => throw new NotSupportedException($"'{part}' is no recording, tone or pause."),
    };

    internal static FileNotFoundException Missing(string name, IPromptCatalog catalog) => new($"Prompt '{name}' is not in {catalog.Description}.", name);
}

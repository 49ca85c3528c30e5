using System.Globalization;

namespace CallCenterKit.Shared;

/// <summary>Ids that read the same in every run.</summary>
internal static class SampleIds
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static InteractionId Interaction(int number) => new(Guid(number));

    public static PartyId Party(int number) => new(Guid(1000 + number));

    public static CallId Call(int number) => new(Guid(2000 + number));

    public static RecordingId Recording(int number) => new(Guid(3000 + number));

    private static Guid Guid(int number) => System.Guid.ParseExact(number.ToString("x32", CultureInfo.InvariantCulture), "N");
}

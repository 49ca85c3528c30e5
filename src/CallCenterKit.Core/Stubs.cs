#pragma warning disable
namespace CallCenterKit.Calendars
{
    public sealed record OpeningHours(string TimeZone) { public bool IsOpenAt(DateTimeOffset at) => true; public DateTimeOffset? NextChangeAfter(DateTimeOffset at) => null; }
    public static class LocalDay { public static DateTimeOffset StartOf(DateTimeOffset a, string tz) => a.Date; public static DateTimeOffset NextStart(DateTimeOffset a, string tz) => a.Date.AddDays(1); }
}

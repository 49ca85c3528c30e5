#pragma warning disable
namespace CallCenterKit.Skills
{
    public sealed class SkillSet { public static SkillSet Empty { get; } = new(); }
    public sealed record SkillExpression(string Text)
    {
        public static SkillExpression Any { get; } = new("");
        public bool Matches(SkillSet s) => true;
        public string? WhyNot(SkillSet s) => null;
        public double ScoreOf(SkillSet s) => 1;
        public SkillExpression Lower(int by) => this;
        public SkillExpression Drop(string s) => this;
        public static SkillExpression And(IEnumerable<SkillExpression> all) => all.First();
    }
}
namespace CallCenterKit.Calendars
{
    public sealed record OpeningHours(string TimeZone) { public bool IsOpenAt(DateTimeOffset at) => true; public DateTimeOffset? NextChangeAfter(DateTimeOffset at) => null; }
    public static class LocalDay { public static DateTimeOffset StartOf(DateTimeOffset a, string tz) => a.Date; public static DateTimeOffset NextStart(DateTimeOffset a, string tz) => a.Date.AddDays(1); }
}
namespace CallCenterKit.Queues
{
    public readonly record struct WaitEstimate(TimeSpan Mean, TimeSpan P50, TimeSpan P90) { public static WaitEstimate? Of(int ahead, double agents, double mu, double theta) => null; }
}

namespace CallCenterKit.Tests.Architecture;

public class LogEventTests
{
    private const int IdsPerPackage = 1000;

    /// <summary>The first id of each package's thousand.</summary>
    private static readonly Dictionary<string, int> FirstIds = new(StringComparer.Ordinal)
    {
        ["CallCenterKit.Core"] = 1000,
        ["CallCenterKit.Media"] = 2000,
        ["CallCenterKit.Sip"] = 3000,
        ["CallCenterKit.Ivr"] = 4000,
        ["CallCenterKit.Storage.Sqlite"] = 5000,
        ["CallCenterKit.Metrics"] = 6000,
        ["CallCenterKit"] = 7000,
        ["CallCenterKit.Testing"] = 8000,
    };

    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Ids_lie_in_the_thousand_of_their_package(string package)
    {
        var first = FirstIds[package];

        var strangers = LogMessage.In(package).Where(message => message.Id < first || message.Id >= first + IdsPerPackage);

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_id_is_used_twice()
    {
        var doubles = Repository.Packages.SelectMany(LogMessage.In)
            .GroupBy(message => message.Id)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(message => $"{message.Type}.{message.Method}"))}");

        Assert.Empty(doubles);
    }
}

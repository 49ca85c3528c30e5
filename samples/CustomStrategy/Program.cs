using CallCenterKit;
using CustomStrategy;
using Microsoft.Extensions.DependencyInjection;

// Who takes a call is a row in a database: the sales department keeps a table of who closes most, and the
// call center asks it for every caller. When the table cannot be asked in time, the longest idle agent is rung.
var table = new RankTable("Data Source=sales.db");
table.Create([("alice", 3), ("bob", 9), ("carol", 5)]);

var builder = CallCenter.CreateBuilder(args);
builder.Services.AddSingleton(table);
builder.CallCenter
    .AddScorer<RankScorer>()
    .AddExtension("100", password: "try-100")
    .AddExtension("201", password: "try-201")
    .AddExtension("202", password: "try-202")
    .AddExtension("203", password: "try-203")
    .AddAgent("alice", extension: "201")
    .AddAgent("bob", extension: "202")
    .AddAgent("carol", extension: "203")
    .AddQueue("sales", queue =>
    {
        foreach (var agent in new[] { "alice", "bob", "carol" })
            queue.Members.Add(agent);
        queue.Scorer = RankScorer.ScorerName;
        queue.ScorerTimeout = TimeSpan.FromMilliseconds(100);
    })
    .MapQueue("600", "sales");

return await builder.RunAsync();

using CallCenterKit;
using CallCenterKit.Journal;
using Microsoft.Extensions.DependencyInjection;
using RecordToDisk;

// Calls to 600 are recorded once Alice answers: the caller on the left, what the caller hears on the right. Each finished
// recording is printed. "find" searches what earlier runs, or one that runs now, have kept:
//   dotnet run --project samples/RecordToDisk
//   dotnet run --project samples/RecordToDisk -- find --caller 100
var builder = CallCenter.CreateBuilder(args);
builder.CallCenter
    .AddExtension("100", password: "try-100")
    .AddExtension("200", password: "try-200")
    .AddAgent("alice", extension: "200")
    .AddQueue("support", queue =>
    {
        queue.Members.Add("alice");
        queue.Record = true;
    })
    .MapQueue("600", "support")
    .UseSqlite("data/recordings.db");
builder.Services.AddSingleton<IEventFold, FinishedRecordings>();

return args is ["find", ..] ? await FindCommand.RunAsync(builder) : await builder.RunAsync();

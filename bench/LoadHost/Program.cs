using System.Globalization;
using CallCenterKit;
using CallCenterKit.Configuration;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Input;
using Microsoft.Extensions.Configuration;

// A host that offers what the load kit calls: queues, direct dialling, waiting, echo, a menu. Journal and records are on.
// --listen IP:PORT  --agents N  --agent-host IP:PORT  --callers IP  --data FOLDER
var builder = CallCenter.CreateBuilder(args);
var listen = builder.Configuration["listen"] ?? "127.0.0.21:5060";
var agents = int.Parse(builder.Configuration["agents"] ?? "200", CultureInfo.InvariantCulture);
var agentHost = builder.Configuration["agent-host"] ?? "127.0.0.23:7000";
var callers = builder.Configuration["callers"] ?? "127.0.0.22";
var data = builder.Configuration["data"] ?? "data";

builder.CallCenter
    .UseSqlite(Path.Combine(data, "load.db"))
    .Configure(options =>
    {
        options.Recording.Folder = Path.Combine(data, "recordings");
        options.Sip.EndSilentCalls = false; // callers of the kit may send no RTP
        options.Sip.QualifyInterval = TimeSpan.Zero; // agents of the kit answer calls only
        options.Sip.Listen.Clear();
        options.Sip.Listen.Add(listen);
        options.Sip.TrustedPeers.Add(new() { Name = "load", Address = callers });
        for (var i = 1; i <= agents; i++)
            AddAgent(options, AgentName(i));
        AddPhone(options, "dial", record: false);
        AddPhone(options, "dial_rec", record: true);
        AddQueue(options, "queue_na", members: true, queue => queue.AnswerOnEntry = false);
        AddQueue(options, "queue", members: true, queue => queue.Music = "music-on-hold.wav");
        AddQueue(options, "queue_rec", members: true, queue => (queue.Music, queue.Record) = ("music-on-hold.wav", true));
        AddQueue(options, "wait", members: false, queue => queue.Music = "music-on-hold.wav");
        AddQueue(options, "wait_ring", members: false, queue => queue.AnswerOnEntry = false);
    })
    .MapFlow("echo", EchoAsync)
    .MapFlow("ivr", async (call, ct) =>
    {
        await call.AnswerAsync(ct);
        await call.AskAsync("welcome.wav", new Menu("12"), ct);
    })
    .MapFlow("answer", async (call, ct) => await call.AnswerAsync(ct));

var ended = await builder.RunAsync();
await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"allocated\":{GC.GetTotalAllocatedBytes()}}}")); // of two runs that differ in calls only, the difference counts
return ended;

static string AgentName(int number) => string.Create(CultureInfo.InvariantCulture, $"agent{number:0000}");

void AddAgent(CallCenterOptions options, string name)
{
    options.Extensions[name] = new() { Contact = $"sip:{name}@{agentHost}" };
    options.Agents[name] = new() { Extension = name };
}

void AddPhone(CallCenterOptions options, string name, bool record) =>
    options.Extensions[name] = new() { Contact = $"sip:agent0001@{agentHost}", Record = record };

void AddQueue(CallCenterOptions options, string name, bool members, Action<QueueOptions> configure)
{
    var queue = new QueueOptions { WrapUp = TimeSpan.Zero };
    for (var i = 1; members && i <= agents; i++)
        queue.Members.Add(AgentName(i));
    configure(queue);
    options.Queues[name] = queue;
    options.DialPlan[name] = $"queue:{name}";
}

static async Task EchoAsync(FlowCall call, CancellationToken ct)
{
    await call.AnswerAsync(ct);
    await call.Call.Listen().CopyToAsync(call.Call.Speak(), ct);
}

using CallCenterKit;

var builder = CallCenter.CreateBuilder(args);

builder.CallCenter
    .AddExtension("100", password: "try-100")
    .AddExtension("200", password: "try-200")
    .AddAgent("alice", extension: "200")
    .AddQueue("support", "alice")
    .MapFlow("600", async (call, ct) =>
    {
        await call.AnswerAsync(ct);
        await call.PlayAsync("hello.wav", ct);
        await call.QueueAsync("support", ct);
    });

return await builder.RunAsync();

using CallCenterKit.RecordingHost.Loopback;

// A call that goes on for ever, in a process that tests kill or deprive of its disk. The one argument is a file that always tells
// what has been spoken, and when. Commands come by lines: "record PATH FORMAT CHANNELS", "stop".
using var call = new Call(args[0]);
var talking = call.TalkAsync();
while (Console.ReadLine() is { } line && line.Split(' ') is ["record", var path, var format, var channels])
    call.Record(path, format, channels);
await call.StopAsync();
await talking;

using CallCenterKit;
using ConsolePbx.Board;
using ConsolePbx.Demo;

var isDemo = args is ["demo", ..];
var builder = CallCenter.CreateBuilder(isDemo ? args[1..] : args);
builder.AddBoard();
return isDemo ? await DemoRun.RunAsync(builder) : await builder.RunAsync();

using CallCenterKit;
using ConsolePbx.Board;
using ConsolePbx.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

var isDemo = args is ["demo", ..];
var builder = CallCenter.CreateBuilder(isDemo ? args[1..] : args);
builder.AddBoard();
try
{
    if (isDemo)
        return await DemoRun.RunAsync(builder);
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    foreach (var failure in wrong.Failures)
        await Console.Error.WriteLineAsync(failure);
    return 2;
}

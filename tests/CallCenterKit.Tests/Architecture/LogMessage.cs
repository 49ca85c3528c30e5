using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Tests.Architecture;

/// <summary>A source-generated log message of one of our packages.</summary>
internal sealed record LogMessage(int Id, LogLevel Level, string Text, string Type, string Method)
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<LogMessage> In(string package) =>
        from type in Repository.Load(package).GetTypes()
        from method in type.GetMethods(All)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select new LogMessage(message.EventId, message.Level, message.Message, type.FullName!, method.Name);
}

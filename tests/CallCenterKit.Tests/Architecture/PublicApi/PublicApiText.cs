using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CallCenterKit.Tests.Architecture.PublicApi;

/// <summary>Writes what an assembly shows to others as text close to C#, in an order that does not depend on the source.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static string Render(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var space in assembly.GetExportedTypes().GroupBy(type => type.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space.OrderBy(FullName, StringComparer.Ordinal))
                Append(text, type);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type)
    {
        text.Append('\n').Append(Attributes(type)).Append(TypeDeclaration.Render(type)).Append('\n');
        if (typeof(Delegate).IsAssignableFrom(type))
            return;
        foreach (var line in Members(type).Distinct().Order(StringComparer.Ordinal))
            text.Append("    ").Append(line).Append('\n');
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}");
        return type.GetMembers(Declared)
            .Where(member => member is not Type && !IsGenerated(member))
            .Select(MemberDeclaration.Render)
            .OfType<string>();
    }

    // Members that the compiler adds to records and closures carry this attribute; record equality follows from the word "record".
    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || member.Name is "EqualityContract" || member.Name.Contains('<');

    private static string Attributes(Type type) => type.IsDefined(typeof(FlagsAttribute), inherit: false) ? "[Flags] " : "";

    private static string FullName(Type type) => type.FullName ?? type.Name;
}

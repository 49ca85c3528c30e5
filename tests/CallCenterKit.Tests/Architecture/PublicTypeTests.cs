using System.Reflection;

namespace CallCenterKit.Tests.Architecture;

public class PublicTypeTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_classes_are_sealed_abstract_or_static(string package)
    {
        var open = Repository.Load(package).GetExportedTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Nothing_is_static_and_mutable(string package)
    {
        var mutable = Repository.Load(package).GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false } && !IsMadeByTheCompiler(field))
            .Select(field => $"{field.DeclaringType!.FullName}.{field.Name}");

        Assert.Empty(mutable);
    }

    /// <summary>Caches of lambdas and what source generators keep for themselves: set once, the same for everybody.</summary>
    private static bool IsMadeByTheCompiler(FieldInfo field) =>
        IsGenerated(field) || field.Name.Contains('<') || EnclosingTypes(field.DeclaringType!).Any(type => type.Name.Contains('<') || IsGenerated(type));

    private static bool IsGenerated(MemberInfo member) => member.GetCustomAttributesData().Any(attribute =>
        attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");

    private static IEnumerable<Type> EnclosingTypes(Type innermost)
    {
        for (var type = innermost; type is not null; type = type.DeclaringType)
            yield return type;
    }
}

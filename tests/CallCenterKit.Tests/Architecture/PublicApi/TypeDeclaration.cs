using System.Reflection;
using System.Runtime.CompilerServices;

namespace CallCenterKit.Tests.Architecture.PublicApi;

/// <summary>The first line of a type: what it is, what it derives from, what its type parameters must be.</summary>
internal static class TypeDeclaration
{
    public static string Render(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"public delegate {MemberDeclaration.Signature(type.GetMethod("Invoke")!, TypeName.Declared(type))}{Constraints(type.GetGenericArguments())}";
        if (type.IsEnum)
            return $"public enum {TypeName.Declared(type)} : {TypeName.Of(Enum.GetUnderlyingType(type))}";
        var bases = string.Join(", ", Bases(type));
        return $"public {Kind(type)} {TypeName.Declared(type)}{(bases.Length > 0 ? " : " + bases : "")}{Constraints(type.GetGenericArguments())}";
    }

    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> rules = [];
        if (isStruct)
            rules.Add("struct");
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            rules.Add("class");
        rules.AddRange(parameter.GetGenericParameterConstraints().Where(rule => rule != typeof(ValueType)).Select(TypeName.Of).Order(StringComparer.Ordinal));
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            rules.Add("new()");
        return rules.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", rules)}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.IsValueType)
        {
            var isRecord = type.GetMethod("PrintMembers", Any)?.IsDefined(typeof(CompilerGeneratedAttribute)) is true;
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + (isRecord ? "record " : "") + "struct";
        }

        var word = type.GetMethod("<Clone>$", Any) is null ? "class" : "record";
        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static " + word,
            (true, false) => "abstract " + word,
            (false, true) => "sealed " + word,
            _ => word,
        };
    }

    // The base class and the interfaces it names itself: those that come with others say nothing new.
    private static IEnumerable<string> Bases(Type type)
    {
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
            yield return TypeName.Of(parent);
        var all = type.GetInterfaces();
        var inherited = all.SelectMany(face => face.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        foreach (var face in all.Except(inherited).Where(face => face.IsVisible && !IsOwnEquality(face, type)).Select(TypeName.Of).Order(StringComparer.Ordinal))
            yield return face;
    }

    private static bool IsOwnEquality(Type face, Type type) => face == typeof(IEquatable<>).MakeGenericType(type);
}

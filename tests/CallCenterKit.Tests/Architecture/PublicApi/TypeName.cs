using System.Reflection;

namespace CallCenterKit.Tests.Architecture.PublicApi;

/// <summary>Names of types as C# writes them, with what may be null.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(ParameterInfo parameter) => Render(parameter.ParameterType, Nullability(context => context.Create(parameter)));

    public static string Of(PropertyInfo property) => Render(property.PropertyType, Nullability(context => context.Create(property)));

    public static string Of(FieldInfo field) => Render(field.FieldType, Nullability(context => context.Create(field)));

    public static string Of(EventInfo @event) => Render(@event.EventHandlerType!, Nullability(context => context.Create(@event)));

    public static string Of(Type type) => Render(type, null);

    /// <summary>The name with its type parameters, and those of the types it is declared in.</summary>
    public static string Declared(Type type)
    {
        var own = Simple(type, type.GetGenericArguments(), null);
        return type.DeclaringType is null ? own : $"{Declared(type.DeclaringType)}.{own}";
    }

    private static string Render(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Render(type.GetElementType()!, nullability?.ElementType ?? nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Render(value, nullability?.GenericTypeArguments.FirstOrDefault()) + "?";
        var mayBeNull = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return Render(type.GetElementType()!, nullability?.ElementType) + "[" + new string(',', type.GetArrayRank() - 1) + "]" + mayBeNull;
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword + mayBeNull;
        if (type.IsGenericParameter)
            return type.Name + mayBeNull;
        var outer = type.DeclaringType is { } declaring ? Of(declaring) + "." : "";
        return outer + Simple(type, type.GetGenericArguments(), nullability) + mayBeNull;
    }

    private static string Simple(Type type, Type[] arguments, NullabilityInfo? nullability)
    {
        var tick = type.Name.IndexOf('`');
        if (tick < 0)
            return type.Name;
        var states = nullability?.GenericTypeArguments ?? [];
        var rendered = arguments.Select((argument, i) => Render(argument, i < states.Length ? states[i] : null));
        return $"{type.Name[..tick]}<{string.Join(", ", rendered)}>";
    }

    // One context for each question: a context keeps a cache and is not safe for several threads.
    private static NullabilityInfo Nullability(Func<NullabilityInfoContext, NullabilityInfo> ask) => ask(new NullabilityInfoContext());
}

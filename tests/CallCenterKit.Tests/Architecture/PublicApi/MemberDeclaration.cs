using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CallCenterKit.Tests.Architecture.PublicApi;

/// <summary>One line for one member; nothing for what others can't reach.</summary>
internal static class MemberDeclaration
{
    public static string? Render(MemberInfo member) => member switch
    {
        FieldInfo field => Field(field),
        ConstructorInfo constructor => Constructor(constructor),
        PropertyInfo property => Property(property),
        EventInfo @event => Event(@event),
        MethodInfo { IsSpecialName: true } accessor when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => Method(method),
        _ => null,
    };

    /// <summary>Return type, name and parameters.</summary>
    public static string Signature(MethodInfo method, string name) => $"{Reference(method)}{TypeName.Of(method.ReturnParameter)} {name}({Parameters(method)})";

    private static string? Field(FieldInfo field)
    {
        if (!(field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
            return null;
        var access = field.IsPublic ? "public" : "protected";
        if (field.IsLiteral)
            return $"{access} const {TypeName.Of(field)} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}";
        return $"{access} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeName.Of(field)} {field.Name}";
    }

    private static string? Constructor(ConstructorInfo constructor) =>
        !constructor.IsStatic && Access(constructor) is { } access ? $"{access} .ctor({Parameters(constructor)})" : null;

    private static string? Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(accessor => Access(accessor) is not null).ToList();
        if (accessors.Count == 0)
            return null;
        var access = accessors.Any(accessor => accessor.IsPublic) ? "public" : "protected";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters();
        var name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        return $"{access} {Modifiers(accessors[0])}{required}{Reference(accessors[0])}{TypeName.Of(property)} {name} {{ {string.Concat(accessors.Select(accessor => Accessor(accessor, access)))}}}";
    }

    private static string Accessor(MethodInfo accessor, string propertyAccess)
    {
        var access = Access(accessor) is { } own && own != propertyAccess ? own + " " : "";
        var word = accessor.Name.Contains("get_", StringComparison.Ordinal) ? "get" : IsInit(accessor) ? "init" : "set";
        return $"{access}{word}; ";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string? Event(EventInfo @event) =>
        @event.AddMethod is { } add && Access(add) is { } access ? $"{access} {Modifiers(add)}event {TypeName.Of(@event)} {@event.Name}" : null;

    private static string? Method(MethodInfo method)
    {
        if (Access(method) is not { } access)
            return null;
        var arguments = method.GetGenericArguments();
        var name = arguments.Length > 0 ? $"{method.Name}<{string.Join(", ", arguments.Select(argument => argument.Name))}>" : method.Name;
        return $"{access} {Modifiers(method)}{Signature(method, name)}{TypeDeclaration.Constraints(arguments)}";
    }

    private static string? Access(MethodBase method) => method switch
    {
        { IsPublic: true } => "public",
        { IsFamily: true } or { IsFamilyOrAssembly: true } => "protected",
        _ => null,
    };

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
            return method.IsAbstract ? "static abstract " : "static ";
        if (method.DeclaringType!.IsInterface)
            return method.IsAbstract ? "" : "virtual ";
        if (!method.IsVirtual)
            return "";
        var isOverride = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        return (method.IsAbstract, isOverride, method.IsFinal) switch
        {
            (true, true, _) => "abstract override ",
            (true, false, _) => "abstract ",
            (false, true, true) => "sealed override ",
            (false, true, false) => "override ",
            (false, false, true) => "", // implements an interface; nobody can override it
            _ => "virtual ",
        };
    }

    private static string Reference(MethodInfo method) => !method.ReturnType.IsByRef
        ? ""
        : method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.InteropServices.InAttribute)) ? "ref readonly " : "ref ";

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute));
        return string.Join(", ", method.GetParameters().Select((parameter, i) => (i == 0 && isExtension ? "this " : "") + Parameter(parameter)));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var direction = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var fallback = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue, parameter.ParameterType) : "";
        return $"{direction}{TypeName.Of(parameter)} {parameter.Name}{fallback}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace CallCenterKit.Configuration;

/// <summary>Checks options against the attributes on their properties; the attributes of a type are read once. Any thread.</summary>
/// <remarks>Each package with options compiles this file.</remarks>
internal sealed class OptionRules
{
    private readonly ConcurrentDictionary<Type, List<(PropertyInfo Property, ValidationAttribute[] Rules)>> _types = new();

    /// <summary>The properties that break a rule: their values, and what the first rule they break allows.</summary>
    public IReadOnlyList<(string Property, object? Value, string Allowed)> Broken(object options)
    {
        List<(string, object?, string)>? broken = null;
        foreach (var (property, rules) in _types.GetOrAdd(options.GetType(), Read))
        {
            var value = property.GetValue(options);
            if (Array.Find(rules, rule => !rule.IsValid(value)) is { } rule)
                (broken ??= []).Add((property.Name, value, rule.FormatErrorMessage(property.Name)));
        }
        return broken is null ? [] : broken;
    }

    private static List<(PropertyInfo Property, ValidationAttribute[] Rules)> Read(Type type)
    {
        var read = new List<(PropertyInfo, ValidationAttribute[])>();
        foreach (var property in type.GetProperties())
        {
            if ((ValidationAttribute[])property.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) is { Length: > 0 } rules)
                read.Add((property, rules));
        }
        return read;
    }
}

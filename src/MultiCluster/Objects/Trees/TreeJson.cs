using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Objects.Trees;

/// <summary>A plain tree, or any table of .NET's, as the JSON that is sent: every digit, every member in its place, and no cluster.</summary>
internal static class TreeJson
{
    /// <summary>The value as compact JSON in UTF-8.</summary>
    /// <exception cref="FaultException">Invalid: there is something in it that JSON cannot say, or it is nested too deep to be data.</exception>
    public static byte[] Of(object? value)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, YamlJson.Compact))
            Write(writer, value, 0);
        return json.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object? given, int depth)
    {
        if (depth > YamlTree.MaxDepth)
            throw new FaultException(FaultPhase.Invalid, $"the value is nested deeper than {YamlTree.MaxDepth} levels", "Check whether it contains itself.");
        var value = PlainValue.Of(given);
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(LenientJson.WellFormed(text));
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case JsonSlice json:
                json.WriteTo(writer);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger or decimal or double or float:
                writer.WriteRawValue(Number(value), skipInputValidation: true);
                break;
            case KubeObject item:
                WriteTable(writer, YamlMembers.Of(item), depth);
                break;
            default:
                if (YamlMembers.Of(value) is { } members)
                    WriteTable(writer, members, depth);
                else if (PlainValue.Elements(value) is { } elements)
                    WriteList(writer, elements, depth);
                else
                    writer.WriteStringValue(LenientJson.WellFormed(PlainValue.Text(value)));
                break;
        }
    }

    private static void WriteTable(Utf8JsonWriter writer, List<YamlMember> members, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(LenientJson.WellFormed(name));
            Write(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, List<object?> elements, int depth)
    {
        writer.WriteStartArray();
        foreach (var element in elements)
            Write(writer, element, depth + 1);
        writer.WriteEndArray();
    }

    // PowerShell divides into reals: 6.0 is 6 to an integer field.
    private static string Number(object value) => value is double or float && !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture))
        ? throw new FaultException(FaultPhase.Invalid, "a number is infinite or none, and JSON has no word for it", "Give a number, or a text.")
        : YamlNumber.Json(PlainValue.Text(value));
}

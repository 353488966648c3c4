using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MultiCluster.Kubeconfig;

/// <summary>Turns the node at hand into JSON, with YAML's core schema for scalars that are not quoted.</summary>
internal static class NodeJson
{
    private const int MaxDepth = 64;

    /// <summary>The JSON text, or null when the node is nested deeper than any configuration is.</summary>
    public static string? Read(NodeReader reader)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (!Write(reader, writer, MaxDepth)) return null;
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool Write(NodeReader reader, Utf8JsonWriter writer, int depth)
    {
        if (depth == 0)
        {
            reader.Report(reader.Position, "The extension is nested too deeply.");
            reader.Skip();
            return false;
        }

        var complete = true;
        switch (reader.Token)
        {
            case NodeToken.MappingStart:
                writer.WriteStartObject();
                reader.EnterMapping("");
                var seen = new HashSet<string>(StringComparer.Ordinal);
                while (reader.NextField(out var name))
                {
                    if (complete && seen.Add(name))
                    {
                        writer.WritePropertyName(name);
                        complete = Write(reader, writer, depth - 1);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }

                if (complete) writer.WriteEndObject();
                return complete;

            case NodeToken.SequenceStart:
                writer.WriteStartArray();
                reader.EnterSequence("");
                while (reader.NextItem())
                {
                    if (complete) complete = Write(reader, writer, depth - 1);
                    else reader.Skip();
                }

                if (complete) writer.WriteEndArray();
                return complete;

            default:
                WriteScalar(reader, writer);
                reader.MoveNext();
                return true;
        }
    }

    private static void WriteScalar(NodeReader reader, Utf8JsonWriter writer)
    {
        var text = reader.Value;
        if (reader.IsNull) writer.WriteNullValue();
        else if (!reader.IsPlain) writer.WriteStringValue(text);
        else if (text is "true" or "True" or "TRUE") writer.WriteBooleanValue(true);
        else if (text is "false" or "False" or "FALSE") writer.WriteBooleanValue(false);
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) writer.WriteNumberValue(whole);
        else if (IsNumber(text, out var number)) writer.WriteNumberValue(number);
        else writer.WriteStringValue(text);
    }

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}

using System.Globalization;
using MultiCluster.Objects.Json;
using YamlDotNet.Core;

namespace MultiCluster.Objects.Yaml;

/// <summary>
/// Writes objects as YAML that a person would write: block style, <c>apiVersion</c>, <c>kind</c>, <c>metadata</c> and <c>spec</c>
/// first and <c>status</c> last, several lines as a literal block, quotes only where a reader would take a text for another type.
/// </summary>
public static class KubeYamlWriter
{
    // A simple key may be 1024 characters long (YAML 1.2, 7.4.2); lines are never folded.
    private static readonly EmitterSettings Settings = new EmitterSettings()
        .WithBestWidth(int.MaxValue)
        .WithMaxSimpleKeyLength(1024)
        .WithNewLine("\n");

    /// <summary>The YAML of <paramref name="value"/>: a <see cref="KubeObject"/>, a table, a list, or a plain value.</summary>
    /// <exception cref="Faults.FaultException">The value is nested too deep to be data (Invalid).</exception>
    public static string Write(object? value, KubeYamlOptions? options = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(value, text, options);
        return text.ToString();
    }

    /// <summary>Writes the YAML of <paramref name="value"/> to <paramref name="output"/>.</summary>
    /// <exception cref="Faults.FaultException">The value is nested too deep to be data (Invalid).</exception>
    public static void Write(object? value, TextWriter output, KubeYamlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var escaping = new EscapingWriter(output);
        new YamlTree(new Emitter(escaping, Settings), options ?? new()).WriteDocument(value);
    }

    internal static string Write(JsonSlice value, KubeYamlOptions? options = null) => Write(value.AsObject(), options);
}

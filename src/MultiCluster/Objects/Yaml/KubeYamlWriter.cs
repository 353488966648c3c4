using System.Globalization;
using System.Text;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;
using YamlDotNet.Core;

namespace MultiCluster.Objects.Yaml;

/// <summary>
/// Writes objects as YAML that a person would write: block style, <c>apiVersion</c>, <c>kind</c>, <c>metadata</c> and <c>spec</c>
/// first and <c>status</c> last, several lines as a literal block, quotes only where a reader would take a text for another type.
/// </summary>
internal static class KubeYamlWriter
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

/// <summary>
/// What the emitter takes for printable and a terminal obeys, such as a change of the writing direction, is written as <c>\u202e</c>.
/// It stands in double quotes: <see cref="YamlText.StyleOf"/> sees to that.
/// </summary>
internal sealed class EscapingWriter(TextWriter output) : TextWriter
{
    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        // A joiner may stand in a text without quotes, and surrogates are the emitter's own business.
        if (value <= '~' || value is '\u200C' or '\u200D' || char.IsSurrogate(value))
            output.Write(value);
        else
            output.Write(TerminalText.Visible(value.ToString()));
    }
}

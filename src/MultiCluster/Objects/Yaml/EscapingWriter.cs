using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Objects.Yaml;

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

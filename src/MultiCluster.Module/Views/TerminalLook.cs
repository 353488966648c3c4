using System.Management.Automation;
using System.Management.Automation.Host;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>The terminal for which tables are made: how wide it is, and the user's colours of what is wrong.</summary>
internal sealed class TerminalLook
{
    /// <summary>Asking a terminal costs more than a cell; it is not asked for each.</summary>
    private const long Fresh = 250;

    private static readonly ScriptBlock Reading = ScriptBlock.Create("$Host, \"$($PSStyle.OutputRendering)\", $PSStyle.Formatting.Error, $PSStyle.Formatting.Warning, $PSStyle.Reset");

    [ThreadStatic]
    private static TerminalLook? _last;

    private readonly long _at = Environment.TickCount64;
    private readonly string _bad = "";
    private readonly string _warning = "";
    private readonly string _reset = "";

    private TerminalLook()
    {
        try
        {
            if (Reading.Invoke() is not [{ BaseObject: PSHost host }, var rendering, var bad, var warning, var reset])
                return;
            // NO_COLOR sets it when PowerShell starts. Where output is redirected PowerShell takes colours away itself.
            if ($"{rendering}" != "PlainText")
                (_bad, _warning, _reset) = ($"{bad}", $"{warning}", $"{reset}");
            Width = host.UI?.RawUI?.BufferSize.Width ?? 0;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Hosts without a terminal throw what they like.
        }
    }

    /// <summary>The look now. A thread shows the rows of one runspace.</summary>
    public static TerminalLook Current =>
        _last is { } last && Environment.TickCount64 - last._at <= Fresh ? last : _last = new TerminalLook();

    /// <summary>Cells of a line; 0 where there is no terminal.</summary>
    public int Width { get; }

    /// <summary>A harmless text in the colour of its tone.</summary>
    public string Coloured(string text, Tone tone) => tone switch
    {
        Tone.Bad when _bad.Length > 0 => $"{_bad}{text}{_reset}",
        Tone.Warning when _warning.Length > 0 => $"{_warning}{text}{_reset}",
        _ => text,
    };
}

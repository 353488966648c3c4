using Spectre.Console;

namespace MultiCluster.Picking;

/// <summary>Whether a person sits at a console.</summary>
internal static class PickTerminal
{
    /// <summary>True for a terminal that shows pictures and has keys.</summary>
    public static bool IsThere(IAnsiConsole console)
    {
        var profile = console.Profile;
        if (!profile.Capabilities.Interactive || !profile.Capabilities.Ansi || !profile.Out.IsTerminal)
            return false;
        try
        {
            console.Input.IsKeyAvailable();
            return true;
        }
        catch (InvalidOperationException)
        {
            // What System.Console answers when its input is redirected.
            return false;
        }
    }
}

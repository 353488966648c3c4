using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Copying;

/// <summary>The paths of this machine that a user's texts mean, from where the session stands.</summary>
internal sealed class LocalPaths(KubeCmdlet cmdlet)
{
    /// <summary>Full paths of what is there: names as they are, else with wildcards. None, and an error for each that is not there, when one is not.</summary>
    public IReadOnlyList<string> Sources(IReadOnlyList<string> paths)
    {
        var all = new List<string>();
        var complete = true;
        foreach (var path in paths)
        {
            var found = Literal(path) is { } full && (File.Exists(full) || Directory.Exists(full)) ? [full] : new ManifestPaths(cmdlet).Resolve([path], isLiteral: false);
            complete &= found.Count > 0;
            all.AddRange(found);
        }

        return complete ? all : [];
    }

    /// <summary>The full path of what may not be there yet; a slash at its end stays.</summary>
    /// <exception cref="FaultException">It is no path of a file (Invalid).</exception>
    public string Destination(string path)
    {
        var full = Literal(path) ?? throw new FaultException(FaultPhase.Invalid, $"{path}: this is no path of a file", "Name a folder or a file.");
        return path[^1] is '/' or '\\' && System.IO.Path.EndsInDirectorySeparator(path) && !System.IO.Path.EndsInDirectorySeparator(full) ? full + System.IO.Path.DirectorySeparatorChar : full;
    }

    private string? Literal(string path)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? full : null;
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException)
        {
            return null;
        }
    }
}

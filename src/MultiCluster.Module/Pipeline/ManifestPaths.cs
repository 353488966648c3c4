using System.Collections.ObjectModel;
using System.Management.Automation;
using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>The files and folders that a user's paths mean: PowerShell's location, <c>~</c>, drives and wildcards are resolved here, and nowhere below.</summary>
internal sealed class ManifestPaths(KubeCmdlet cmdlet)
{
    /// <summary>Full paths; an error for each that means none.</summary>
    public IReadOnlyList<string> Resolve(IEnumerable<string> paths, bool isLiteral) => [.. paths.SelectMany(path => Resolve(path, isLiteral))];

    private IReadOnlyList<string> Resolve(string path, bool isLiteral)
    {
        try
        {
            var location = cmdlet.SessionState.Path;
            ProviderInfo provider;
            Collection<string> found = isLiteral
                ? [location.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : location.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name != "FileSystem")
                return Fail(path, "this is no path of a file", "Give files and folders.");
            return found.Count > 0 ? found : Fail(path, "there is no such file", "Check the path.");
        }
        catch (ItemNotFoundException)
        {
            return Fail(path, "there is no such file or folder", "Check the path; -LiteralPath takes [ and ] for themselves.");
        }
        catch (Exception e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException or WildcardPatternException)
        {
            return Fail(path, "this path leads nowhere", "Check its drive and its brackets; -LiteralPath takes [ and ] for themselves.");
        }
    }

    private string[] Fail(string path, string detail, string advice)
    {
        cmdlet.Fail(new Fault { Phase = FaultPhase.Invalid, Detail = $"{path}: {detail}", Advice = advice }, path);
        return [];
    }
}

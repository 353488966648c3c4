using System.Text.Json;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Further kubeconfigs beside the one that a PowerShell has.</summary>
internal static class Kubeconfigs
{
    /// <summary>Writes a kubeconfig in the home folder whose contexts all lead to one cluster of the fleet; returns its full path.</summary>
    public static string WriteContexts(this Shell shell, string fileName, string cluster, params IEnumerable<string> names)
    {
        var sandbox = File.ReadAllText(shell.Kubeconfig);
        var contexts = names.Select(name => $"- name: {JsonSerializer.Serialize(name)}\n  context:\n    cluster: \"{cluster}\"\n    user: \"{cluster}-user\"\n");
        var file = shell.File(fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, sandbox[..sandbox.IndexOf("contexts:", StringComparison.Ordinal)] + "contexts:\n" + string.Concat(contexts));
        return file;
    }
}

namespace MultiCluster.Kubeconfig;

/// <summary>Which files of a folder are not even looked at.</summary>
internal static class FolderRules
{
    private static readonly string[] Suffixes = [".bak", ".backup", ".old", ".tmp", ".swp", ".swo", "~", ".orig", ".rej", ".lock", ".log"];

    private static readonly string[] Words = ["cache", "token", "credential"];

    /// <summary>True when a file of this name, found in a folder, is not taken for a kubeconfig.</summary>
    public static bool Skips(string fileName) =>
        fileName.StartsWith('.')
        || Array.Exists(Suffixes, suffix => fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(Words, word => fileName.Contains(word, StringComparison.OrdinalIgnoreCase));
}

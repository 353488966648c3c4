namespace MultiCluster.Kubeconfig;

internal static class LinkedFile
{
    /// <summary>The file at the end of the link at <paramref name="path"/>; null when that is no link, or one that leads nowhere.</summary>
    public static FileInfo? TargetOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? null : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

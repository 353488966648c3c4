namespace MultiCluster.Logs.Lines;

/// <summary>What a kubelet writes into an answer that has begun when it cannot read on: text without a time that is no line of the log.</summary>
internal static class KubeletWord
{
    public static bool IsComplaint(ReadOnlySpan<byte> text) =>
        text.StartsWith("unable to retrieve container logs for "u8)
        || text.StartsWith("failed to try resolving symlinks in path "u8)
        || text.StartsWith("failed to open log file "u8)
        || text.StartsWith("failed to watch file "u8);
}

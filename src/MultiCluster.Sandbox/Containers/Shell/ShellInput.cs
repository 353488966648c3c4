using System.Text;

namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>Reads lines of what a shell is told, and no byte more: the rest is for the programs that it runs.</summary>
internal static class ShellInput
{
    /// <summary>The next line without its end; null when there is none.</summary>
    public static async Task<string?> LineAsync(Stream input, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            if (await input.ReadAsync(one, cancellationToken) == 0) return line.Count == 0 ? null : Encoding.UTF8.GetString([.. line]);
            if (one[0] == (byte)'\n') return Encoding.UTF8.GetString([.. line]);
            line.Add(one[0]);
        }
    }
}

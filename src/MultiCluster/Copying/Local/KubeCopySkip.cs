using MultiCluster.Terminal;

namespace MultiCluster.Copying.Local;

/// <summary>Something that was not copied.</summary>
/// <param name="Path">Its name, as the archive or this machine has it.</param>
/// <param name="Reason">Why, without a full stop.</param>
public sealed record KubeCopySkip(string Path, string Reason)
{
    /// <summary>Both: <c>a/b: it is a device</c>.</summary>
    public override string ToString() => TerminalText.VisibleLine($"{Path}: {Reason}");
}

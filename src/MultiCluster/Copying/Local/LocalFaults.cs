using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>Why something of this machine could not be read or written.</summary>
internal static class LocalFaults
{
    /// <summary>A path that the operating system refuses.</summary>
    public static FaultException Of(string operation, Exception exception) => new(new Fault
    {
        Phase = FaultPhase.Invalid,
        Operation = operation,
        Detail = MessageText.OneLine(exception.Message),
        Advice = "Check the path, its permissions, and the room on the disk.",
        Cause = exception,
    });

    /// <summary>Something that is where it cannot be.</summary>
    public static FaultException Invalid(string detail, string advice) => new(FaultPhase.Invalid, detail, advice);

    /// <summary>An archive, or a file, that has ended too early or makes no sense.</summary>
    public static FaultException Broken(string detail, Exception? cause = null) =>
        new(FaultPhase.Decode, detail, "Try again; if it stays, look at what tar says in the container (Invoke-KubeCommand).", cause);
}

using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Exec;

/// <summary>Why a process could not be started in a container, or did not do its work.</summary>
internal static class ProcessFaults
{
    /// <summary>The <see cref="Fault.Reason"/> of a container that has no such program.</summary>
    public const string MissingProgramReason = "MissingProgram";

    /// <summary>What a node said in the place of a Status.</summary>
    public static Fault OfText(string text) => new()
    {
        Phase = FaultPhase.Server,
        Detail = string.IsNullOrWhiteSpace(text) ? "the node said that it failed, and not why" : MessageText.OneLine(text),
    };

    /// <summary>The connection ended without a word.</summary>
    public static Fault NoStatus() => new()
    {
        Phase = FaultPhase.Connect,
        Reason = ConnectFaults.LostReason,
        Detail = "the connection ended before anybody said how it ended",
        Advice = "The pod or its node may be gone, or something between here and the server ends idle connections.",
    };

    /// <summary>The fault with what to do about it.</summary>
    public static Fault Advised(Fault fault, ProcessQuery query) => fault with
    {
        Reason = IsMissingProgram(fault.Detail) ? MissingProgramReason : fault.Reason,
        Detail = IsMissingProgram(fault.Detail) && query.Command is [var program, ..] ? $"the container has no program '{MessageText.OneLine(program, 100)}'" : fault.Detail,
        Advice = fault switch
        {
            { HttpStatus: 403 } when fault.Detail.Contains("pods/exec", StringComparison.Ordinal) || fault.Detail.Contains("pods/attach", StringComparison.Ordinal) =>
                $"It needs the rights \"get\" and \"create\" on pods/{(query.Command is null ? "attach" : "exec")} in namespace {query.Namespace} (the role edit has them).",
            _ when IsMissingProgram(fault.Detail) => MissingProgram(query),
            _ when fault.Detail.Contains("container not found", StringComparison.Ordinal) => "The container does not run. Get-KubePod shows its state, Get-KubeLog -Previous what it said last.",
            { Phase: FaultPhase.Server } => $"The API server asks the pod's node, which may be down. {fault.Advice}".TrimEnd(),
            _ => fault.Advice,
        },
    };

    /// <summary>A command that ended with an exit code other than 0.</summary>
    /// <param name="query">The command.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="said">The end of what it wrote of errors.</param>
    public static Fault Failed(ProcessQuery query, int exitCode, string said) => new()
    {
        Phase = FaultPhase.CommandFailed,
        Operation = query.Operation,
        Detail = said.Length == 0 ? $"it ended with exit code {exitCode}" : $"it ended with exit code {exitCode}: {said}",
        Advice = exitCode switch
        {
            126 => "The program is there and cannot be executed.",
            127 => MissingProgram(query),
            137 => "It was killed (SIGKILL): the container may have reached its memory limit.",
            143 => "It was ended (SIGTERM): the container may have been stopped.",
            _ => null,
        },
    };

    /// <summary>A command that ran for too long.</summary>
    public static Fault TooLong(ProcessQuery query, TimeSpan limit) => new()
    {
        Phase = FaultPhase.Timeout,
        Operation = query.Operation,
        Detail = $"it did not end within {limit.TotalSeconds:0.###} s",
        Advice = "Give it longer with -TimeoutSec. What was started in the container may go on there.",
    };

    /// <summary>Whether an answer means that a container has no such program.</summary>
    public static bool IsMissingProgram(string detail) =>
        detail.Contains("executable file not found", StringComparison.Ordinal) || (detail.Contains("exec", StringComparison.Ordinal) && detail.Contains("no such file or directory", StringComparison.Ordinal));

    private static string MissingProgram(ProcessQuery query) => query.Command is [var program, ..] && program.Contains(' ', StringComparison.Ordinal)
        ? "No shell reads the command: write its words apart, or give a line for a shell with -Shell."
        : "Check the name; the program may lie outside the container's path. Debug-KubePod brings a container that has one.";
}

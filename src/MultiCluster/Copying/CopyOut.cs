using System.Globalization;
using MultiCluster.Copying.Local;
using MultiCluster.Exec;
using MultiCluster.Faults;

namespace MultiCluster.Copying;

/// <summary>Copies one path out of a container: by tar, or a single file by cat where there is no tar.</summary>
internal sealed class CopyOut(PodStreams streams, PodPath source, LocalTarget target)
{
    /// <summary>Exit codes above are those of signals.</summary>
    private const int Signals = 128;

    private bool _noTar;

    /// <summary>What tar has said that is worth knowing and no failure; null for nothing.</summary>
    public string? Remark { get; private set; }

    /// <summary>Copies it; what has come before comes again.</summary>
    /// <exception cref="FaultException">It cannot be read in the container, is not whole, or cannot be written here.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        target.Restart();
        if (_noTar || await UnpackAsync(source.Folder, source.Name, cancellationToken).ConfigureAwait(false) is not { } unpacked)
        {
            await ReadFileAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        // What is asked for by its name is meant itself, and not the link to it: a folder, else a file.
        if (unpacked.RootLink is null)
            return;
        try
        {
            if (await UnpackAsync(source.Text.TrimEnd('/'), ".", cancellationToken).ConfigureAwait(false) is { RootLink: null })
                return;
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound)
        {
            // It leads to no folder.
        }

        target.Restart();
        await ReadFileAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unpacks what tar writes; null where there is no tar.</summary>
    private async Task<Unpacked?> UnpackAsync(string folder, string name, CancellationToken cancellationToken)
    {
        string[] command = ["tar", "cf", "-", "-C", folder, "--", name];
        var unpacked = new Unpacked();
        ProcessEnd end;
        try
        {
            end = await streams.ReadAsync(command, (archive, stop) => Unpacking.TakeAsync(archive, name, target, unpacked, stop), isWhole: false, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Reason == ProcessFaults.MissingProgramReason)
        {
            _noTar = true;
            return null;
        }

        if (end.ExitCode == 0 && unpacked.Entries > 0)
            return unpacked;
        if (end.ExitCode is 126 or 127 && unpacked.Entries == 0)
        {
            _noTar = true;
            return null;
        }

        if (end.ExitCode == 1 && unpacked.Entries > 0 && end.Said.Contains("file changed as we read it", StringComparison.Ordinal))
        {
            Remark = end.Said; // GNU tar's word and code for a log that goes on: what it had when it was begun is here
            return unpacked;
        }

        var fault = streams.Failed(command, end);
        throw new FaultException(end.ExitCode > Signals ? fault with { Detail = $"tar was ended before it was through ({Ended(end)})" }
            : unpacked.Entries > 0 ? fault with { Detail = $"tar could not read all of it ({Ended(end)})", Advice = "What it could read is here. Check the permissions in the container." }
            : fault with { Phase = FaultPhase.NotFound, Detail = $"tar found nothing at {source.Text} ({Ended(end)})", Advice = "Check the path, and the container (-Container); Invoke-KubeCommand -- ls -la shows what is there." });
    }

    /// <summary>Reads a single file with cat, which follows links.</summary>
    private async Task ReadFileAsync(CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(cancellationToken).ConfigureAwait(false);
        string[] command = ["cat", source.Text];
        ProcessEnd end;
        try
        {
            end = await streams.ReadAsync(
                command,
                (content, stop) => target.AddFileAsync(source.Text, [], content, facts.Size, isLeast: true, facts.Mode, facts.Changed, stop),
                isWhole: true,
                cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Reason == ProcessFaults.MissingProgramReason)
        {
            throw new FaultException(e.Fault with
            {
                Detail = "the container has neither tar nor cat",
                Advice = "Copy through another container of the pod that has them and shares the volume (-Container), or add one with Debug-KubePod.",
            });
        }

        if (end.ExitCode != 0)
        {
            throw new FaultException(streams.Failed(command, end) with
            {
                Detail = $"cat could not read {source.Text} ({Ended(end)})",
                Advice = _noTar ? "The container has no tar, so that only single files can be copied out of it: check the path, or name a file." : "Check the path.",
            });
        }
    }

    /// <summary>Size, permissions and time of a file, as far as the container has programs that tell them.</summary>
    private async Task<(long? Size, UnixFileMode? Mode, DateTimeOffset? Changed)> FactsAsync(CancellationToken cancellationToken)
    {
        var culture = CultureInfo.InvariantCulture;
        if (await streams.AskAsync(["stat", "-L", "-c", "%s %a %Y", source.Text], cancellationToken).ConfigureAwait(false) is { End.ExitCode: 0 } stat
            && stat.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var length, var mode, var changed]
            && long.TryParse(length, NumberStyles.None, culture, out var bytes) && long.TryParse(changed, NumberStyles.None, culture, out var seconds) && seconds < 1L << 36)
        {
            return (bytes, mode.All(static digit => digit is >= '0' and <= '7') && mode.Length <= 5 ? (UnixFileMode)(Convert.ToInt32(mode, 8) & 0b111_111_111) : null, DateTimeOffset.FromUnixTimeSeconds(seconds));
        }

        return (await streams.SizeAsync(source.Text, cancellationToken).ConfigureAwait(false), null, null);
    }

    private static string Ended(ProcessEnd end) => end.Said.Length == 0 ? $"exit code {end.ExitCode}" : end.ExitCode == 0 ? end.Said : $"exit code {end.ExitCode}: {end.Said}";
}

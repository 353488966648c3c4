using System.Globalization;
using MultiCluster.Copying.Local;
using MultiCluster.Exec;
using MultiCluster.Faults;

namespace MultiCluster.Copying;

/// <summary>Copies files of this machine into a container: by tar, or a single file by a shell where there is no tar.</summary>
internal sealed class CopyIn(PodStreams streams, LocalTree tree, PodPath destination)
{
    private bool _noTar;
    private (string Folder, IReadOnlyList<string> Names)? _place;

    /// <summary>Where it goes, once that has been found out.</summary>
    public string Destination => _place is { Folder: var folder, Names: [var one] } ? PodPath.Parse(folder).Of(one) : destination.Text;

    /// <summary>Copies it; what is there already is overwritten.</summary>
    /// <exception cref="FaultException">It cannot be read here, or not be written in the container.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Once: the first attempt may have made the folder that the second one would find.
        var (folder, names) = _place ??= await PlaceAsync(cancellationToken).ConfigureAwait(false);
        if (_noTar || !await UnpackAsync(folder, names, cancellationToken).ConfigureAwait(false))
            await WriteFileAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string Folder, IReadOnlyList<string> Names)> PlaceAsync(CancellationToken cancellationToken)
    {
        if (destination.IsFolder || tree.Names.Count > 1)
            return (destination.Text, tree.Names);
        return await streams.AskAsync(["test", "-d", destination.Text], cancellationToken).ConfigureAwait(false) is { End.ExitCode: 0 }
            ? (destination.Text, tree.Names)
            : (destination.Folder, [destination.Name]);
    }

    /// <summary>Has tar unpack it; false where there is no tar. Modes and times are kept, and the files belong to whoever runs there.</summary>
    private async Task<bool> UnpackAsync(string folder, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        string[] command = ["tar", "xpf", "-", "-C", folder];
        ProcessEnd end;
        try
        {
            end = await streams.WriteAsync(
                command,
                (archive, stop) => Packing.WriteAsync(tree, names, archive, stop),
                stop => Packing.MeasureAsync(tree, names, stop),
                cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Reason == ProcessFaults.MissingProgramReason)
        {
            if (e.Fault.Detail.Contains("'sh'", StringComparison.Ordinal))
                throw NoShell(e.Fault);
            end = new ProcessEnd(127, e.Fault.Detail);
        }

        if (end.ExitCode == 0)
            return true;
        if (end.ExitCode is 126 or 127)
        {
            _noTar = true;
            return false;
        }

        throw new FaultException(streams.Failed(command, end) with
        {
            Detail = end.Said.Length == 0 ? $"tar ended with exit code {end.ExitCode}" : $"tar ended with exit code {end.ExitCode}: {end.Said}",
            Advice = $"Check that {folder} is a folder there and may be written; Invoke-KubeCommand -- mkdir -p makes one. Files that are there may be incomplete.",
        });
    }

    /// <summary>Has a shell write a single file.</summary>
    private async Task WriteFileAsync(CancellationToken cancellationToken)
    {
        if (tree.Single is not { } file)
            throw new FaultException(FaultPhase.Invalid, "the container has no tar, and folders are copied by tar alone", "Copy single files, or through another container of the pod that has tar and shares the volume (-Container).");
        string[] command = ["sh", "-c", "cat > \"$0\"", Destination];
        ProcessEnd end;
        try
        {
            end = await streams.WriteAsync(
                command,
                async (input, stop) =>
                {
                    var content = PackedFile.Open(file);
                    await using var _ = content.ConfigureAwait(false);
                    await content.CopyToAsync(input, stop).ConfigureAwait(false);
                },
                _ => Task.FromResult(file.Length),
                cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Reason == ProcessFaults.MissingProgramReason)
        {
            throw NoShell(e.Fault);
        }

        if (end.ExitCode != 0)
        {
            throw new FaultException(streams.Failed(command, end) with
            {
                Detail = end.Said.Length == 0 ? $"its shell could not write {Destination} (exit code {end.ExitCode})" : $"its shell could not write {Destination}: {end.Said}",
                Advice = "The container has no tar. Check that the folder is there and may be written.",
            });
        }

        if (await streams.SizeAsync(Destination, cancellationToken).ConfigureAwait(false) is { } size && size != file.Length)
            throw LocalFaults.Broken(string.Create(CultureInfo.InvariantCulture, $"{Destination} has {size} bytes in the container, and {file.Length} here"));
    }

    private static FaultException NoShell(Fault fault) => new(fault with
    {
        Detail = "the container has no tar and no shell that could write a file",
        Advice = "Copy through another container of the pod that has them and shares the volume (-Container), or add one with Debug-KubePod.",
    });
}

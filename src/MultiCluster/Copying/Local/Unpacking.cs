using System.Formats.Tar;
using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>Takes an archive apart as it comes. It may be anybody's: what could lead out of the target is left out and told.</summary>
internal static class Unpacking
{
    /// <summary>Puts what comes into the target.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="root">The name that was asked for; <c>.</c> for what is in a folder.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="unpacked">Told what the archive holds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">It is no archive, or not whole (Decode); this machine does not take it (Invalid).</exception>
    public static async Task TakeAsync(Stream archive, string root, LocalTarget target, Unpacked unpacked, CancellationToken cancellationToken)
    {
        var windows = OperatingSystem.IsWindows();
        try
        {
            var reader = new TarReader(archive, leaveOpen: true);
            await using var _ = reader.ConfigureAwait(false);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
                    continue;
                unpacked.Entries++;
                if (!EntryPath.TryParse(entry.Name, root, windows, out var parts, out var problem))
                    target.Skip(entry.Name, problem);
                else if (entry.EntryType == TarEntryType.SymbolicLink && parts.Length == 0)
                    unpacked.RootLink = entry.LinkName;
                else
                    await TakeAsync(entry, parts, target, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw LocalFaults.Broken(e is EndOfStreamException ? "the archive ends too early" : $"what came is no archive ({MessageText.OneLine(e.Message)})", e);
        }
    }

    private static async Task TakeAsync(TarEntry entry, string[] parts, LocalTarget target, CancellationToken cancellationToken)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                target.AddFolder(entry.Name, parts, entry.Mode, entry.ModificationTime);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await target.AddFileAsync(entry.Name, parts, entry.DataStream, entry.Length, isLeast: false, entry.Mode, entry.ModificationTime, cancellationToken).ConfigureAwait(false);
                break;
            case TarEntryType.SymbolicLink:
                target.AddLink(entry.Name, parts, entry.LinkName);
                break;
            default:
                target.Skip(entry.Name, entry.EntryType switch
                {
                    TarEntryType.HardLink => $"it is a hard link to {entry.LinkName}",
                    TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "it is a device",
                    TarEntryType.Fifo => "it is a named pipe",
                    TarEntryType.SparseFile => "it is a sparse file, which tar has packed in its own way",
                    var type => $"it is neither a file nor a folder nor a link ({type})",
                });
                break;
        }
    }
}

/// <summary>What an archive holds, as far as it has come.</summary>
internal sealed class Unpacked
{
    /// <summary>How many entries.</summary>
    public int Entries { get; set; }

    /// <summary>Where what was asked for leads, when it is a link itself; else null.</summary>
    public string? RootLink { get; set; }
}

using System.Formats.Tar;
using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>
/// Packs files of this machine as they are read. In the format of GNU tar, whose long names busybox knows, too; owned by nobody in particular,
/// so that they belong to whoever unpacks them.
/// </summary>
internal static class Packing
{
    /// <summary>tar reads whole records: where nobody can tell it that its input ends, it waits for the rest of the last one.</summary>
    private const int Record = 20 * 512;

    /// <summary>Writes the archive.</summary>
    /// <param name="tree">What is packed.</param>
    /// <param name="names">What each of its roots is called in the archive.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">A file cannot be read any more, or is shorter than it was (Invalid).</exception>
    public static Task WriteAsync(LocalTree tree, IReadOnlyList<string> names, Stream to, CancellationToken cancellationToken) =>
        WriteAsync(tree, names, to, static item => PackedFile.Open(item), cancellationToken);

    /// <summary>How many bytes the archive has.</summary>
    public static async Task<long> MeasureAsync(LocalTree tree, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var counted = new CountingStream(Stream.Null);
        await using var _ = counted.ConfigureAwait(false);
        await WriteAsync(tree, names, counted, static item => PackedFile.Blank(item.Length), cancellationToken).ConfigureAwait(false);
        return counted.Count;
    }

    private static async Task WriteAsync(LocalTree tree, IReadOnlyList<string> names, Stream to, Func<LocalItem, Stream> open, CancellationToken cancellationToken)
    {
        var counted = new CountingStream(to);
        await using var _ = counted.ConfigureAwait(false);
        var writer = new TarWriter(counted, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var item in tree.Items)
        {
            var name = item.Rest.Length == 0 ? names[item.Root] : $"{names[item.Root]}/{item.Rest}";
            var entry = new GnuTarEntry(item.Type, item.Type == TarEntryType.Directory ? $"{name}/" : name) { Mode = item.Mode, ModificationTime = item.Changed };
            if (item.LeadsTo is { } leadsTo)
                entry.LinkName = leadsTo;
            using var content = item is { Type: TarEntryType.RegularFile, Length: > 0 } ? open(item) : null;
            if (content is not null)
                entry.DataStream = content;
            await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        // Only a whole archive gets its end.
        await writer.DisposeAsync().ConfigureAwait(false);
        if (counted.Count % Record is var rest and > 0)
            await counted.WriteAsync(new byte[Record - rest], cancellationToken).ConfigureAwait(false);
        await counted.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}

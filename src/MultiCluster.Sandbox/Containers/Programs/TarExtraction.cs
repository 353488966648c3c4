using System.Formats.Tar;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Takes an archive apart. As GNU tar does: no leading <c>/</c>, and no member with <c>..</c> in its name.</summary>
internal static class TarExtraction
{
    public static async Task<int> RunAsync(ProgramContext context, Stream from, string directory, bool nowTimes, bool verbose, bool listsOnly)
    {
        var exitCode = 0;
        await using var reader = new TarReader(from, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, context.Ended) is { } entry)
        {
            if (listsOnly || verbose) await context.WriteLineAsync(entry.Name);
            if (listsOnly) continue;
            if (entry.Name.Split('/').Contains("..")) exitCode = await context.FailAsync($"{entry.Name}: Member name contains '..'", 2);
            else if (!await ExtractAsync(context, entry, $"{directory.TrimEnd('/')}/{entry.Name.TrimStart('/')}".TrimEnd('/'), nowTimes))
                exitCode = await context.FailAsync($"{entry.Name}: Cannot open: No such file or directory", 2);
        }
        // What whoever sends it writes after its end is read too: it is not to fail for that.
        await ProgramFiles.CopyAsync(from, Stream.Null, context.Ended);
        return exitCode;
    }

    private static async Task<bool> ExtractAsync(ProgramContext context, TarEntry entry, string path, bool nowTimes)
    {
        var files = context.Files;
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                files.MakeFolder(path);
                break;
            case TarEntryType.SymbolicLink:
                files.MakeFolder(path[..path.LastIndexOf('/')]);
                if (files.ReadLink(path) is not null || files.IsFile(path)) files.Remove(path);
                files.Link(path, entry.LinkName);
                return true;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                files.MakeFolder(path[..path.LastIndexOf('/')]);
                // A link in its place is replaced, not written through.
                if (files.ReadLink(path) is not null) files.Remove(path);
                await using (var file = files.OpenWrite(path))
                {
                    if (entry.DataStream is { } content) await ProgramFiles.CopyAsync(content, file, context.Ended);
                }
                break;
            case TarEntryType.HardLink:
                return false;
            default:
                return true;
        }
        var place = files.Locate(path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(place, (entry.Mode & ~(UnixFileMode.SetUser | UnixFileMode.SetGroup)) | Own(entry.EntryType));
        if (!nowTimes && entry.EntryType != TarEntryType.Directory) File.SetLastWriteTimeUtc(place, entry.ModificationTime.UtcDateTime);
        return true;
    }

    // Whoever removes the folder must be able to.
    private static UnixFileMode Own(TarEntryType type) =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | (type == TarEntryType.Directory ? UnixFileMode.UserExecute : UnixFileMode.None);
}

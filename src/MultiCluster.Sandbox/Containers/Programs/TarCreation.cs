using System.Formats.Tar;
using System.Text;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Writes an archive of files, folders and links, in the format that GNU tar and busybox have by default.</summary>
internal static class TarCreation
{
    public static async Task<int> RunAsync(ProgramContext context, Stream to, IReadOnlyList<(string Directory, string Name)> names, bool verbose)
    {
        var exitCode = 0;
        await using var writer = new TarWriter(to, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var (directory, name) in names)
        {
            var path = name.StartsWith('/') ? name : $"{directory.TrimEnd('/')}/{name}";
            if (FileFacts.Of(context.Files, path) is null)
            {
                exitCode = await context.FailAsync($"{name}: Cannot stat: No such file or directory", 2);
                continue;
            }
            if (name.StartsWith('/')) await context.Error.WriteAsync(Encoding.UTF8.GetBytes($"{context.Name}: Removing leading `/' from member names\n"), context.Ended);
            await AddAsync(context, writer, path, name.TrimStart('/') is { Length: > 0 } member ? member.TrimEnd('/') : ".", verbose);
        }
        return exitCode;
    }

    private static async Task AddAsync(ProgramContext context, TarWriter writer, string path, string member, bool verbose)
    {
        if (FileFacts.Of(context.Files, path) is not { } facts) return;
        if (verbose) await context.Error.WriteAsync(Encoding.UTF8.GetBytes($"{member}\n"), context.Ended);
        var (type, name) = facts.Kind switch
        {
            'd' => (TarEntryType.Directory, $"{member}/"),
            'l' => (TarEntryType.SymbolicLink, member),
            _ => (TarEntryType.RegularFile, member),
        };
        await using var content = facts.Kind == '-' ? context.Files.OpenRead(path) : null;
        var entry = new GnuTarEntry(type, name) { Mode = facts.Mode, ModificationTime = facts.Changed };
        if (content is not null) entry.DataStream = content;
        if (facts.Link is not null) entry.LinkName = facts.Link;
        await writer.WriteEntryAsync(entry, context.Ended);
        if (facts.Kind != 'd') return;
        foreach (var child in context.Files.NamesIn(path)) await AddAsync(context, writer, $"{path}/{child}", $"{member}/{child}", verbose);
    }
}

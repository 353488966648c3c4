namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Programs that make, move and remove files.</summary>
internal static class FilePrograms
{
    public static async Task<int> MkdirAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "pm:");
        var exitCode = 0;
        foreach (var name in options.Rest)
        {
            var path = context.PathOf(name).TrimEnd('/');
            var problem = options.Has('p') ? null
                : context.Files.Exists(path) ? "File exists"
                : context.Files.IsFolder(path[..path.LastIndexOf('/')]) ? null : "No such file or directory";
            if (problem is null) context.Files.MakeFolder(path);
            else exitCode = await context.FailAsync($"can't create directory '{name}': {problem}");
        }
        return exitCode;
    }

    public static async Task<int> RmAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "rRfi");
        var exitCode = 0;
        foreach (var name in options.Rest)
        {
            var path = context.PathOf(name);
            var isLink = context.Files.ReadLink(path) is not null;
            if (!isLink && !context.Files.Exists(path))
            {
                if (!options.Has('f')) exitCode = await context.FailAsync($"can't remove '{name}': No such file or directory");
            }
            else if (!isLink && context.Files.IsFolder(path) && !options.Has('r') && !options.Has('R')) exitCode = await context.FailAsync($"'{name}' is a directory");
            else context.Files.Remove(path);
        }
        return exitCode;
    }

    public static async Task<int> TouchAsync(ProgramContext context)
    {
        foreach (var name in ProgramOptions.Of(context.Arguments, "c").Rest)
        {
            var path = context.PathOf(name);
            if (!context.Files.Exists(path)) await using (context.Files.OpenWrite(path, append: true)) { }
            if (context.Files.IsFile(path)) File.SetLastWriteTimeUtc(context.Files.Locate(path), context.Container.Time.GetUtcNow().UtcDateTime);
        }
        return 0;
    }

    public static async Task<int> LnAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "sf");
        if (options.Rest.Count != 2) return await context.FailAsync("usage: ln -s TARGET LINK");
        if (!options.Has('s')) return await context.FailAsync("hard links are not simulated");
        var path = context.PathOf(options.Rest[1]);
        if (context.Files.IsFolder(path)) path += $"/{options.Rest[0].Split('/')[^1]}";
        if (options.Has('f') && context.Files.ReadLink(path) is not null) context.Files.Remove(path);
        context.Files.Link(path, options.Rest[0]);
        return 0;
    }

    public static async Task<int> ReadlinkAsync(ProgramContext context)
    {
        foreach (var name in ProgramOptions.Of(context.Arguments, "n").Rest)
        {
            if (context.Files.ReadLink(context.PathOf(name)) is not { } target) return 1;
            await context.WriteLineAsync(target);
        }
        return 0;
    }

    public static Task<int> MvAsync(ProgramContext context) => ToAsync(context, "f", (from, to, _) =>
    {
        context.Files.Move(from, to);
        return Task.CompletedTask;
    });

    public static Task<int> CpAsync(ProgramContext context) => ToAsync(context, "rRapf", (from, to, options) => CopyAsync(context, from, to, options));

    private static async Task CopyAsync(ProgramContext context, string from, string to, ProgramOptions options)
    {
        if (!context.Files.IsFolder(from))
        {
            await using var source = context.Files.OpenRead(from);
            await using var copy = context.Files.OpenWrite(to);
            await ProgramFiles.CopyAsync(source, copy, context.Ended);
            return;
        }
        if (!options.Has('r') && !options.Has('R') && !options.Has('a')) throw new IOException($"omitting directory '{from}'");
        var names = context.Files.NamesIn(from);
        context.Files.MakeFolder(to);
        foreach (var name in names) await CopyAsync(context, $"{from}/{name}", $"{to}/{name}", options);
    }

    // The last name is where to: a folder, or the new name of the one that goes there.
    private static async Task<int> ToAsync(ProgramContext context, string letters, Func<string, string, ProgramOptions, Task> send)
    {
        var options = ProgramOptions.Of(context.Arguments, letters);
        if (options.Rest.Count < 2) return await context.FailAsync($"usage: {context.Name} SOURCE... DEST");
        var to = context.PathOf(options.Rest[^1]);
        var exitCode = 0;
        foreach (var name in options.Rest.SkipLast(1))
        {
            var from = context.PathOf(name);
            if (!context.Files.Exists(from) && context.Files.ReadLink(from) is null) exitCode = await context.FailAsync($"can't stat '{name}': No such file or directory");
            else await send(from, context.Files.IsFolder(to) ? $"{to}/{name.TrimEnd('/').Split('/')[^1]}" : to, options);
        }
        return exitCode;
    }
}

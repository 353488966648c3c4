using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Programs that tell of files.</summary>
internal static class ListPrograms
{
    public static async Task<int> LsAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "laA1dhRF");
        var names = options.Rest.Count == 0 ? ["."] : options.Rest;
        var exitCode = 0;
        foreach (var name in names)
        {
            var path = context.PathOf(name);
            if (FileFacts.Of(context.Files, path, followLink: !options.Has('l') || name.EndsWith('/')) is not { } facts)
            {
                exitCode = await context.FailAsync($"{name}: No such file or directory");
                continue;
            }
            if (facts.Kind != 'd' || options.Has('d'))
            {
                await context.WriteLineAsync(options.Has('l') ? facts.Line(name) : name);
                continue;
            }
            if (names.Count > 1) await context.WriteLineAsync($"{name}:");
            await ListAsync(context, options, path);
        }
        return exitCode;
    }

    public static async Task<int> StatAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "c:Lt");
        var exitCode = 0;
        foreach (var name in options.Rest)
        {
            if (FileFacts.Of(context.Files, context.PathOf(name), options.Has('L')) is not { } facts)
            {
                exitCode = await context.FailAsync($"can't stat '{name}': No such file or directory");
                continue;
            }
            var format = options.Value('c') ?? "  File: %n\n  Size: %s\t%F\nAccess: (%a/%A)\nModify: %y";
            await context.WriteLineAsync(Formatted(format, name, facts));
        }
        return exitCode;
    }

    private static async Task ListAsync(ProgramContext context, ProgramOptions options, string path)
    {
        foreach (var name in context.Files.NamesIn(path).Where(name => name[0] != '.' || options.Has('a') || options.Has('A')))
        {
            context.Ended.ThrowIfCancellationRequested();
            await context.WriteLineAsync(options.Has('l') && FileFacts.Of(context.Files, $"{path}/{name}") is { } facts ? facts.Line(name) : name);
        }
    }

    private static string Formatted(string format, string name, FileFacts facts) => string.Concat(format.Split('%').Select((piece, i) => i == 0 || piece.Length == 0
        ? piece
        : piece[0] switch
        {
            'n' => name,
            's' => facts.Size.ToString(CultureInfo.InvariantCulture),
            'a' => facts.Octal,
            'A' => facts.ModeText,
            'F' => facts.Kind switch { 'd' => "directory", 'l' => "symbolic link", _ => "regular file" },
            'Y' => facts.Changed.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            'y' => facts.Changed.ToString("yyyy-MM-dd HH:mm:ss.fffffff00 +0000", CultureInfo.InvariantCulture),
            'u' or 'g' => "0",
            'U' or 'G' => "root",
            _ => "?",
        } + piece[1..]));
}

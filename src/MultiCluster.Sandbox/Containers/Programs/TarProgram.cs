namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary><c>tar</c>, as far as copying needs it: <c>c</c>, <c>x</c> and <c>t</c>, with <c>f C m p v</c>.</summary>
internal static class TarProgram
{
    private sealed record Options(char Action, string File, bool NowTimes, bool Verbose, IReadOnlyList<(string Directory, string Name)> Names, string Directory);

    public static async Task<int> RunAsync(ProgramContext context)
    {
        if (Parse(context) is not { } options) return await context.FailAsync("usage: tar c|x|t [mpv] [f FILE] [C DIR] [NAME...]", 2);
        if (!context.Files.IsFolder(options.Directory)) return await context.FailAsync($"can't change directory to '{options.Directory}': No such file or directory", 2);
        if (options.Action == 'c')
        {
            await using var made = options.File == "-" ? null : context.Files.OpenWrite(context.PathOf(options.File));
            return await TarCreation.RunAsync(context, made ?? context.Output, options.Names, options.Verbose);
        }
        await using var read = options.File == "-" ? null : context.Files.OpenRead(context.PathOf(options.File));
        try
        {
            return await TarExtraction.RunAsync(context, read ?? context.Input, options.Directory, options.NowTimes, options.Verbose, listsOnly: options.Action == 't');
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            return await context.FailAsync("This does not look like a tar archive", 2);
        }
    }

    // The first letters may come without a dash; -C is for the names that follow it.
    private static Options? Parse(ProgramContext context)
    {
        if (context.Arguments.Count == 0) return null;
        var arguments = new Queue<string>(context.Arguments[0].StartsWith('-') ? context.Arguments : [$"-{context.Arguments[0]}", .. context.Arguments.Skip(1)]);
        var (action, file, nowTimes, verbose, directory) = ('?', "-", false, false, context.Directory);
        var names = new List<(string, string)>();
        while (arguments.TryDequeue(out var argument))
        {
            if (argument == "--")
            {
                names.AddRange(arguments.Select(name => (directory, name)));
                break;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal)) continue; // --no-same-owner and the like change nothing here.
            if (argument.Length < 2 || argument[0] != '-')
            {
                names.Add((directory, argument));
                continue;
            }
            foreach (var letter in argument[1..])
            {
                switch (letter)
                {
                    case 'c' or 'x' or 't':
                        action = letter;
                        break;
                    case 'f':
                        if (!arguments.TryDequeue(out file!)) return null;
                        break;
                    case 'C':
                        if (!arguments.TryDequeue(out var next)) return null;
                        directory = next.StartsWith('/') ? next : $"{directory.TrimEnd('/')}/{next}";
                        break;
                    case 'm':
                        nowTimes = true;
                        break;
                    case 'v':
                        verbose = true;
                        break;
                    case 'p' or 'h' or 'o':
                        break;
                    default:
                        return null;
                }
            }
        }
        return action == '?' ? null : new Options(action, file, nowTimes, verbose, names, directory);
    }
}

using System.Text;

namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>
/// <c>sh</c>: <c>sh -c 'commands' [name [arguments]]</c>, <c>sh file [arguments]</c>, or commands from its input, with a prompt where there is a terminal.
/// </summary>
internal static class ShellProgram
{
    public static async Task<int> RunAsync(ProgramContext context)
    {
        var arguments = context.Arguments.ToList();
        var endsOnFailure = false;
        var command = false;
        while (arguments is [{ Length: > 1 } option, ..] && option[0] == '-')
        {
            arguments.RemoveAt(0);
            if (option == "--") break;
            if (option[1..].Any(letter => !"ceilx".Contains(letter, StringComparison.Ordinal))) return await context.FailAsync($"0: Illegal option {option}", 2);
            endsOnFailure |= option.Contains('e', StringComparison.Ordinal);
            command |= option.Contains('c', StringComparison.Ordinal);
        }
        if (command && arguments.Count == 0) return await context.FailAsync("0: -c requires an argument", 2);
        var text = arguments.Count == 0 ? null : command ? arguments[0] : await new StreamReader(context.Files.OpenRead(context.PathOf(arguments[0]))).ReadToEndAsync(context.Ended);
        var state = new ShellState
        {
            Variables = context.Environment,
            Directory = context.Directory,
            Parameters = [.. command ? arguments.Skip(1).DefaultIfEmpty(context.Name) : arguments.DefaultIfEmpty(context.Name)],
            EndsOnFailure = endsOnFailure,
        };
        state.Variables["PWD"] = state.Directory;
        var streams = new ProgramStreams(context.Input, context.Output, context.Error, context.Terminal);
        try
        {
            if (text is null) return await InteractAsync(context, state, streams);
            return await new ShellRunner(context.Container, state, context.Ended).RunAsync(ShellParser.Parse(text), streams);
        }
        catch (ShellExitException exit)
        {
            return exit.ExitCode;
        }
        catch (ShellSyntaxException e)
        {
            return await context.FailAsync(e.Message, 2);
        }
    }

    private static async Task<int> InteractAsync(ProgramContext context, ShellState state, ProgramStreams streams)
    {
        var typed = new StringBuilder();
        CancellationTokenSource? interrupted = null;
        // Ctrl+C ends what runs; at the prompt, the line that was begun.
        var before = context.Terminal?.OnInterrupt(() => interrupted?.Cancel());
        try
        {
            while (true)
            {
                using var next = interrupted = CancellationTokenSource.CreateLinkedTokenSource(context.Ended);
                try
                {
                    await PromptAsync(context, state, typed.Length > 0);
                    if (await ShellInput.LineAsync(context.Input, next.Token) is not { } line)
                    {
                        if (context.Terminal is not null) await context.WriteLineAsync("exit");
                        return state.ExitCode;
                    }
                    typed.Append(typed.Length > 0 ? "\n" : "").Append(line);
                    var node = ShellParser.Parse(typed.ToString());
                    typed.Clear();
                    await new ShellRunner(context.Container, state, next.Token).RunAsync(node, streams);
                }
                catch (OperationCanceledException) when (!context.Ended.IsCancellationRequested)
                {
                    typed.Clear();
                    state.ExitCode = 130;
                }
                catch (ShellSyntaxException e) when (e.IsIncomplete)
                {
                    // The next line goes on with it.
                }
                catch (ShellSyntaxException e)
                {
                    typed.Clear();
                    state.ExitCode = await context.FailAsync(e.Message, 2);
                    if (context.Terminal is null) return 2;
                }
            }
        }
        finally
        {
            context.Terminal?.OnInterrupt(before);
        }
    }

    private static async Task PromptAsync(ProgramContext context, ShellState state, bool goesOn)
    {
        if (context.Terminal is not null) await context.WriteAsync(goesOn ? "> " : $"{state.Directory} # ");
    }
}

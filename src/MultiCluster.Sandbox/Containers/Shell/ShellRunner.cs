using System.Text;

namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary><c>exit</c>: the shell ends.</summary>
internal sealed class ShellExitException(int exitCode) : Exception
{
    public int ExitCode => exitCode;
}

/// <summary>Runs what a shell was told to, in one container.</summary>
internal sealed class ShellRunner(SimulatedContainer container, ShellState state, CancellationToken ended)
{
    private static readonly ContainerProgram Missing = static context => context.FailAsync("not found", 127);

    public ShellState State => state;

    public ContainerFiles Files => container.Files;

    /// <summary>Runs it, and returns its exit code, which is <c>$?</c> from then on.</summary>
    /// <exception cref="ShellExitException">It was told to end.</exception>
    public async Task<int> RunAsync(ShellNode node, ProgramStreams streams)
    {
        ended.ThrowIfCancellationRequested();
        return state.ExitCode = node switch
        {
            ShellList list => await RunListAsync(list, streams),
            ShellPipeline pipeline => await RunPipelineAsync(pipeline, streams),
            ShellCommand command => await RunCommandAsync(command, streams),
            ShellGroup group => await RunGroupAsync(group, streams),
            ShellIf choice => await RunIfAsync(choice, streams),
            ShellWhile loop => await RunWhileAsync(loop, streams),
            ShellFor loop => await RunForAsync(loop, streams),
            _ => throw new InvalidOperationException($"{node} is no command."),
        };
    }

    private async Task<int> RunListAsync(ShellList list, ProgramStreams streams)
    {
        var exitCode = state.ExitCode;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var (command, join) = list.Items[i];
            if ((join == ShellJoin.And && exitCode != 0) || (join == ShellJoin.Or && exitCode == 0)) continue;
            exitCode = await RunAsync(command, streams);
            var isTested = i + 1 < list.Items.Count && list.Items[i + 1].Join != ShellJoin.Always;
            if (exitCode != 0 && state.EndsOnFailure && !isTested) throw new ShellExitException(exitCode);
        }
        return exitCode;
    }

    private async Task<int> RunPipelineAsync(ShellPipeline pipeline, ProgramStreams streams)
    {
        var pipes = Enumerable.Range(0, pipeline.Commands.Count - 1).Select(_ => new ProgramPipe()).ToArray();
        var running = new List<Task<int>>();
        for (var i = 0; i < pipeline.Commands.Count; i++)
        {
            var (before, after) = (i == 0 ? null : pipes[i - 1], i == pipes.Length ? null : pipes[i]);
            var ends = streams with { Input = before?.Input ?? streams.Input, Output = after?.Output ?? streams.Output };
            running.Add(RunStageAsync(pipeline.Commands[i], ends, before, after));
        }
        var exitCodes = await Task.WhenAll(running);
        return pipeline.Negated ? (exitCodes[^1] == 0 ? 1 : 0) : exitCodes[^1];
    }

    private async Task<int> RunStageAsync(ShellNode command, ProgramStreams streams, ProgramPipe? before, ProgramPipe? after)
    {
        await Task.Yield(); // The others start, too.
        try
        {
            return before is null && after is null ? await RunAsync(command, streams) : await Forked().RunToEndAsync(command, streams);
        }
        finally
        {
            after?.EndOutput();
            before?.EndInput();
        }
    }

    /// <summary>Runs it as a shell of its own.</summary>
    private async Task<int> RunToEndAsync(ShellNode node, ProgramStreams streams)
    {
        try
        {
            return await RunAsync(node, streams);
        }
        catch (ShellExitException exit)
        {
            return exit.ExitCode;
        }
    }

    private async Task<int> RunCommandAsync(ShellCommand command, ProgramStreams streams)
    {
        var expansion = Expansion(streams);
        var arguments = await expansion.ArgumentsAsync(command.Words);
        await using var opened = new ShellRedirection(container.Files, state.Directory);
        try
        {
            streams = await opened.ApplyAsync(command.Redirects, streams, expansion);
        }
        catch (IOException e)
        {
            await streams.Error.WriteAsync(Encoding.UTF8.GetBytes($"sh: {e.Message}\n"), ended);
            return 1;
        }
        var variables = arguments.Count == 0 ? state.Variables : new Dictionary<string, string>(state.Variables);
        foreach (var (name, value) in command.Assignments) variables[name] = await expansion.TextAsync(value);
        if (arguments.Count == 0) return command.Assignments.Count > 0 ? 0 : state.ExitCode;
        if (ShellBuiltins.Find(arguments[0]) is { } builtin) return await builtin(this, arguments, streams, ended);
        return await RunProgramAsync(arguments, streams, variables);
    }

    private async Task<int> RunProgramAsync(List<string> command, ProgramStreams streams, Dictionary<string, string> variables)
    {
        var context = new ProgramContext(container, command, streams) { Environment = variables, Directory = state.Directory, Ended = ended };
        var exitCode = await SimulatedContainer.RunAsync(container.Find(command[0]) ?? Missing, context);
        ended.ThrowIfCancellationRequested();
        return exitCode;
    }

    private async Task<int> RunGroupAsync(ShellGroup group, ProgramStreams streams)
    {
        await using var opened = new ShellRedirection(container.Files, state.Directory);
        streams = await opened.ApplyAsync(group.Redirects, streams, Expansion(streams));
        return group.OwnState ? await Forked().RunToEndAsync(group.Body, streams) : await RunAsync(group.Body, streams);
    }

    private async Task<int> RunIfAsync(ShellIf choice, ProgramStreams streams)
    {
        if (await TestAsync(choice.Condition, streams)) return await RunAsync(choice.Then, streams);
        return choice.Else is null ? 0 : await RunAsync(choice.Else, streams);
    }

    private async Task<int> RunWhileAsync(ShellWhile loop, ProgramStreams streams)
    {
        var exitCode = 0;
        while (await TestAsync(loop.Condition, streams) != loop.Until)
        {
            await Task.Yield(); // One that never waits must not keep the thread that is to end it.
            exitCode = await RunAsync(loop.Body, streams);
        }
        return exitCode;
    }

    private async Task<int> RunForAsync(ShellFor loop, ProgramStreams streams)
    {
        var exitCode = 0;
        foreach (var value in await Expansion(streams).ArgumentsAsync(loop.Words))
        {
            state.Variables[loop.Variable] = value;
            exitCode = await RunAsync(loop.Body, streams);
        }
        return exitCode;
    }

    private async Task<bool> TestAsync(ShellNode condition, ProgramStreams streams)
    {
        var endsOnFailure = state.EndsOnFailure;
        state.EndsOnFailure = false;
        try
        {
            return await RunAsync(condition, streams) == 0;
        }
        finally
        {
            state.EndsOnFailure = endsOnFailure;
        }
    }

    private ShellRunner Forked() => new(container, state.Fork(), ended);

    private ShellExpansion Expansion(ProgramStreams streams) => new(state, container.Files, async command =>
    {
        using var written = new MemoryStream();
        await Forked().RunToEndAsync(command, streams with { Output = written });
        return Encoding.UTF8.GetString(written.GetBuffer().AsSpan(0, (int)written.Length));
    });
}

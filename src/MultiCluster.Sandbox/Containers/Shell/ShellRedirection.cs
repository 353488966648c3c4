namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>Opens what a command's streams are led to, and closes it when the command has ended.</summary>
internal sealed class ShellRedirection(ContainerFiles files, string directory) : IAsyncDisposable
{
    private readonly List<Stream> _opened = [];

    /// <exception cref="IOException">Something cannot be opened.</exception>
    public async Task<ProgramStreams> ApplyAsync(IReadOnlyList<ShellRedirect> redirects, ProgramStreams streams, ShellExpansion expansion)
    {
        foreach (var redirect in redirects)
        {
            var target = await expansion.TextAsync(redirect.Target);
            var stream = redirect.Kind == ShellRedirectKind.Duplicate ? Other(streams, target) : Open(target, redirect.Kind);
            streams = redirect.Stream switch
            {
                0 => streams with { Input = stream },
                1 => streams with { Output = stream },
                2 => streams with { Error = stream },
                _ => throw new IOException($"{redirect.Stream}: bad file descriptor"),
            };
        }
        return streams;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _opened) await stream.DisposeAsync();
    }

    private static Stream Other(ProgramStreams streams, string target) => target switch
    {
        "1" => streams.Output,
        "2" => streams.Error,
        "0" => streams.Input ?? Stream.Null,
        "-" => Stream.Null,
        _ => throw new IOException($"{target}: bad file descriptor"),
    };

    private Stream Open(string path, ShellRedirectKind kind)
    {
        var full = path.StartsWith('/') ? path : $"{directory.TrimEnd('/')}/{path}";
        try
        {
            var stream = kind == ShellRedirectKind.Read ? files.OpenRead(full) : files.OpenWrite(full, kind == ShellRedirectKind.Append);
            _opened.Add(stream);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"can't {(kind == ShellRedirectKind.Read ? "open" : "create")} {path}: {e.Message}", e);
        }
    }
}

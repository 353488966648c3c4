using System.Buffers;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>What programs have in common that read files, or their input where none is named.</summary>
internal static class ProgramFiles
{
    public const int BlockSize = 32 * 1024;

    /// <summary>Does something with each file that is named, or with the input; what cannot be read is told, and the exit code is 1.</summary>
    public static async Task<int> EachAsync(ProgramContext context, IReadOnlyList<string> names, Func<Stream, string, Task> read)
    {
        if (names.Count == 0) names = ["-"];
        var exitCode = 0;
        foreach (var name in names)
        {
            if (name == "-")
            {
                await read(context.Input, name);
                continue;
            }
            Stream file;
            try
            {
                file = context.Files.OpenRead(context.PathOf(name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                exitCode = await context.FailAsync($"{name}: {e.Message}");
                continue;
            }
            await using (file) await read(file, name);
        }
        return exitCode;
    }

    /// <summary>Copies up to so many bytes, a block at a time.</summary>
    public static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken, long most = long.MaxValue)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (most > 0)
            {
                var read = await from.ReadAsync(block.AsMemory(0, (int)Math.Min(BlockSize, most)), cancellationToken);
                if (read == 0) return;
                await to.WriteAsync(block.AsMemory(0, read), cancellationToken);
                most -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Looks at what comes, a block at a time, until it returns false.</summary>
    public static async Task ReadAsync(Stream from, Func<ReadOnlyMemory<byte>, ValueTask<bool>> look, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (true)
            {
                var read = await from.ReadAsync(block.AsMemory(0, BlockSize), cancellationToken);
                if (read == 0 || !await look(block.AsMemory(0, read))) return;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}

using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary><c>dd</c>: copies blocks, and tells how many on its error stream.</summary>
internal static class DdProgram
{
    public static async Task<int> RunAsync(ProgramContext context)
    {
        var options = context.Arguments.Select(argument => argument.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
        if (options.Keys.Except(["if", "of", "bs", "count", "skip", "status"]).FirstOrDefault() is { } unknown) return await context.FailAsync($"unrecognized operand '{unknown}'");
        var block = ProgramOptions.Size(options.GetValueOrDefault("bs", "512"));
        var most = options.TryGetValue("count", out var count) ? block * ProgramOptions.Size(count) : long.MaxValue;
        await using var from = options.TryGetValue("if", out var source) ? context.Files.OpenRead(context.PathOf(source)) : null;
        await using var to = options.TryGetValue("of", out var target) ? context.Files.OpenWrite(context.PathOf(target)) : null;
        var input = from ?? context.Input;
        if (options.TryGetValue("skip", out var skip)) await ProgramFiles.CopyAsync(input, Stream.Null, context.Ended, block * ProgramOptions.Size(skip));
        var copied = 0L;
        var output = new ProgramOutput((bytes, cancellationToken) =>
        {
            copied += bytes.Length;
            return (to ?? context.Output).WriteAsync(bytes, cancellationToken);
        });
        await ProgramFiles.CopyAsync(input, output, context.Ended, most);
        if (options.GetValueOrDefault("status") == "none") return 0;
        var records = $"{copied / block}+{(copied % block == 0 ? 0 : 1)} records";
        var told = string.Create(CultureInfo.InvariantCulture, $"{records} in\n{records} out\n{copied} bytes copied\n");
        await context.Error.WriteAsync(System.Text.Encoding.UTF8.GetBytes(told), context.Ended);
        return 0;
    }
}

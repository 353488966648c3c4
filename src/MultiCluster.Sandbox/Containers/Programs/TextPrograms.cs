using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Programs that read and write text.</summary>
internal static class TextPrograms
{
    public static Task<int> CatAsync(ProgramContext context) => ProgramFiles.EachAsync(
        context, ProgramOptions.Of(context.Arguments, "u").Rest, (from, _) => ProgramFiles.CopyAsync(from, context.Output, context.Ended));

    public static async Task<int> EchoAsync(ProgramContext context)
    {
        var words = context.Arguments;
        var (ends, escapes) = (true, false);
        while (words is [{ Length: > 1 } option, ..] && option[0] == '-' && option[1..].All("neE".Contains))
        {
            ends &= !option.Contains('n', StringComparison.Ordinal);
            escapes |= option.Contains('e', StringComparison.Ordinal);
            words = [.. words.Skip(1)];
        }
        var text = string.Join(' ', words);
        await context.WriteAsync((escapes ? PrintfProgram.Unescape(text) : text) + (ends ? "\n" : ""));
        return 0;
    }

    public static async Task<int> HeadAsync(ProgramContext context)
    {
        var options = Counted(context.Arguments, "n:c:q");
        if (options.Value('c') is { } size)
            return await ProgramFiles.EachAsync(context, options.Rest, (from, _) => ProgramFiles.CopyAsync(from, context.Output, context.Ended, ProgramOptions.Size(size)));
        var most = ProgramOptions.Size(options.Value('n') ?? "10");
        return await ProgramFiles.EachAsync(context, options.Rest, (from, _) =>
        {
            var left = most;
            if (left == 0) return Task.CompletedTask;
            return ProgramFiles.ReadAsync(
                from,
                async block =>
                {
                    var end = 0;
                    while (end < block.Length && left > 0)
                    {
                        var line = block.Span[end..].IndexOf((byte)'\n');
                        if (line >= 0) left--;
                        end = line < 0 ? block.Length : end + line + 1;
                    }
                    await context.Output.WriteAsync(block[..end], context.Ended);
                    return left > 0;
                },
                context.Ended);
        });
    }

    public static async Task<int> TailAsync(ProgramContext context)
    {
        var options = Counted(context.Arguments, "n:c:fq");
        var (count, bytes) = (options.Value('c') ?? options.Value('n') ?? "10", options.Has('c'));
        var number = ProgramOptions.Size(count.TrimStart('+', '-'));
        return await ProgramFiles.EachAsync(context, options.Rest, async (from, _) =>
        {
            if (count.StartsWith('+') && bytes)
            {
                await ProgramFiles.CopyAsync(from, Stream.Null, context.Ended, number - 1);
                await ProgramFiles.CopyAsync(from, context.Output, context.Ended);
                return;
            }
            using var all = new MemoryStream();
            await ProgramFiles.CopyAsync(from, all, context.Ended);
            await context.Output.WriteAsync(all.ToArray().AsMemory(StartOfTail(all.ToArray(), number, bytes, count.StartsWith('+'))), context.Ended);
        });
    }

    public static async Task<int> WcAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "lwcm");
        var letters = ((char[])['l', 'w', 'c']).Where(letter => options.Has(letter) || (letter == 'c' && options.Has('m'))).ToArray();
        if (letters.Length == 0) letters = ['l', 'w', 'c'];
        return await ProgramFiles.EachAsync(context, options.Rest, async (from, name) =>
        {
            var (lines, words, bytes, inWord) = (0L, 0L, 0L, false);
            await ProgramFiles.ReadAsync(
                from,
                block =>
                {
                    bytes += block.Length;
                    lines += block.Span.Count((byte)'\n');
                    foreach (var one in letters.Contains('w') ? block.Span : [])
                    {
                        var isBlank = one is 32 or (>= 9 and <= 13);
                        if (!isBlank && !inWord) words++;
                        inWord = !isBlank;
                    }
                    return ValueTask.FromResult(true);
                },
                context.Ended);
            var counts = letters.Select(letter => letter switch { 'l' => lines, 'w' => words, _ => bytes });
            await context.WriteLineAsync(string.Join(' ', counts) + (name == "-" ? "" : $" {name}"));
        });
    }

    public static async Task<int> SeqAsync(ProgramContext context)
    {
        var numbers = context.Arguments.Select(argument => long.TryParse(argument, CultureInfo.InvariantCulture, out var number) ? number : (long?)null).ToArray();
        if (numbers.Length is 0 or > 3 || numbers.Contains(null)) return await context.FailAsync("usage: seq [FIRST [INCREMENT]] LAST");
        var (first, step, last) = (numbers.Length > 1 ? numbers[0]!.Value : 1, numbers.Length > 2 ? numbers[1]!.Value : 1, numbers[^1]!.Value);
        if (step == 0) return await context.FailAsync("increment is zero");
        var block = new StringBuilder();
        for (var number = first; step > 0 ? number <= last : number >= last; number += step)
        {
            block.Append(CultureInfo.InvariantCulture, $"{number}\n");
            if (block.Length < ProgramFiles.BlockSize) continue;
            await context.WriteAsync(block.ToString());
            block.Clear();
        }
        if (block.Length > 0) await context.WriteAsync(block.ToString());
        return 0;
    }

    public static async Task<int> YesAsync(ProgramContext context)
    {
        var line = Encoding.UTF8.GetBytes(context.Arguments.Count == 0 ? "y\n" : string.Join(' ', context.Arguments) + "\n");
        var block = Enumerable.Repeat(line, Math.Max(1, 8192 / line.Length)).SelectMany(bytes => bytes).ToArray();
        while (true)
        {
            context.Ended.ThrowIfCancellationRequested();
            await context.Output.WriteAsync(block, context.Ended);
        }
    }

    public static async Task<int> TeeAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "a");
        var files = options.Rest.Select(name => context.Files.OpenWrite(context.PathOf(name), options.Has('a'))).ToList();
        try
        {
            await ProgramFiles.ReadAsync(
                context.Input,
                async block =>
                {
                    foreach (var file in files) await file.WriteAsync(block, context.Ended);
                    await context.Output.WriteAsync(block, context.Ended);
                    return true;
                },
                context.Ended);
        }
        finally
        {
            foreach (var file in files) await file.DisposeAsync();
        }
        return 0;
    }

    public static async Task<int> GrepAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "ivqcEFn");
        if (options.Rest.Count == 0) return await context.FailAsync("a pattern is missing", 2);
        var text = options.Has('F') ? Regex.Escape(options.Rest[0]) : options.Rest[0];
        var pattern = new Regex(text, options.Has('i') ? RegexOptions.IgnoreCase : RegexOptions.None, TimeSpan.FromSeconds(1));
        var found = 0;
        var exitCode = await ProgramFiles.EachAsync(context, [.. options.Rest.Skip(1)], async (from, _) =>
        {
            using var reader = new StreamReader(from, leaveOpen: true);
            for (var number = 1; await reader.ReadLineAsync(context.Ended) is { } line; number++)
            {
                if (pattern.IsMatch(line) == options.Has('v')) continue;
                found++;
                if (!options.Has('q') && !options.Has('c')) await context.WriteLineAsync(options.Has('n') ? $"{number}:{line}" : line);
            }
        });
        if (options.Has('c')) await context.WriteLineAsync($"{found}");
        return exitCode > 0 ? 2 : found > 0 ? 0 : 1;
    }

    // `head -5` is `head -n 5`.
    private static ProgramOptions Counted(IReadOnlyList<string> arguments, string letters) => ProgramOptions.Of(
        [.. arguments.SelectMany(a => a.Length > 1 && a[0] == '-' && a[1..].All(char.IsAsciiDigit) ? (string[])["-n", a[1..]] : [a])], letters);

    private static int StartOfTail(byte[] all, long number, bool bytes, bool fromStart)
    {
        if (bytes) return (int)Math.Max(0, all.Length - number);
        var start = fromStart ? 0 : all.Length;
        if (fromStart)
        {
            for (var left = number - 1; left > 0 && start < all.Length; left--)
            {
                var line = Array.IndexOf(all, (byte)'\n', start);
                start = line < 0 ? all.Length : line + 1;
            }
            return start;
        }
        for (var left = number; left > 0 && start > 0; left--) start = start < 2 ? 0 : Array.LastIndexOf(all, (byte)'\n', start - 2) + 1;
        return start;
    }
}

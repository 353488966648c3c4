using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Programs that tell of the container, and of time.</summary>
internal static class SystemPrograms
{
    private static readonly Dictionary<char, string> DateFormats = new()
    {
        ['Y'] = "yyyy",
        ['m'] = "MM",
        ['d'] = "dd",
        ['H'] = "HH",
        ['M'] = "mm",
        ['S'] = "ss",
        ['F'] = "yyyy-MM-dd",
        ['T'] = "HH:mm:ss",
        ['N'] = "fffffff00",
    };

    public static async Task<int> HostnameAsync(ProgramContext context)
    {
        await context.WriteLineAsync(context.Container.HostName);
        return 0;
    }

    public static async Task<int> PwdAsync(ProgramContext context)
    {
        await context.WriteLineAsync(context.Directory);
        return 0;
    }

    public static async Task<int> WhoamiAsync(ProgramContext context)
    {
        await context.WriteLineAsync("root");
        return 0;
    }

    public static async Task<int> IdAsync(ProgramContext context)
    {
        await context.WriteLineAsync(context.Arguments.Count > 0 ? "0" : "uid=0(root) gid=0(root) groups=0(root)");
        return 0;
    }

    public static async Task<int> UnameAsync(ProgramContext context)
    {
        var options = ProgramOptions.Of(context.Arguments, "asnrvmo");
        (char Letter, string Text)[] all = [('s', "Linux"), ('n', context.Container.HostName), ('r', "6.1.0-sandbox"), ('v', "#1 SMP"), ('m', "x86_64"), ('o', "GNU/Linux")];
        var wanted = all.Where(part => options.Has('a') || options.Has(part.Letter)).Select(part => part.Text).DefaultIfEmpty("Linux");
        await context.WriteLineAsync(string.Join(' ', wanted));
        return 0;
    }

    public static async Task<int> DateAsync(ProgramContext context)
    {
        var now = context.Container.Time.GetUtcNow();
        var format = context.Arguments.FirstOrDefault(argument => argument.StartsWith('+'));
        await context.WriteLineAsync(format is null
            ? now.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture)
            : Formatted(now, format[1..]));
        return 0;
    }

    // Variables, then a command that is run with them.
    public static async Task<int> EnvAsync(ProgramContext context)
    {
        var variables = context.Arguments.TakeWhile(argument => argument.IndexOf('=', StringComparison.Ordinal) > 0).ToList();
        foreach (var pair in variables.Select(variable => variable.Split('=', 2))) context.Environment[pair[0]] = pair[1];
        var command = context.Arguments.Skip(variables.Count).ToList();
        if (command.Count > 0)
        {
            var program = context.Container.Find(command[0]);
            if (program is null) return await context.FailAsync($"can't execute '{command[0]}': No such file or directory", 127);
            var streams = new ProgramStreams(context.Input, context.Output, context.Error, context.Terminal);
            return await program(new ProgramContext(context.Container, command, streams)
            {
                Environment = context.Environment,
                Directory = context.Directory,
                Ended = context.Ended,
            });
        }
        foreach (var (name, value) in context.Environment) await context.WriteLineAsync($"{name}={value}");
        return 0;
    }

    public static async Task<int> SleepAsync(ProgramContext context)
    {
        var seconds = 0.0;
        foreach (var argument in context.Arguments)
        {
            var unit = argument[^1] switch { 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 1 };
            if (argument == "infinity") await Task.Delay(Timeout.InfiniteTimeSpan, context.Ended);
            if (!double.TryParse(argument.TrimEnd('s', 'm', 'h', 'd'), CultureInfo.InvariantCulture, out var number)) return await context.FailAsync($"invalid number '{argument}'");
            seconds += number * unit;
        }
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(seconds, 1e6)), context.Container.Time, context.Ended);
        return 0;
    }

    private static string Formatted(DateTimeOffset now, string format) =>
        string.Concat(format.Split('%').Select((piece, i) => i == 0 || piece.Length == 0 ? piece : Part(now, piece[0]) + piece[1..]));

    private static string Part(DateTimeOffset now, char letter) => letter == 's'
        ? now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
        : DateFormats.TryGetValue(letter, out var net) ? now.ToString(net, CultureInfo.InvariantCulture) : $"%{letter}";
}

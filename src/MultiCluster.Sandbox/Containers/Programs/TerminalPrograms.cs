using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Programs about the terminal.</summary>
internal static class TerminalPrograms
{
    public static async Task<int> TtyAsync(ProgramContext context)
    {
        await context.WriteLineAsync(context.Terminal is null ? "not a tty" : "/dev/pts/0");
        return context.Terminal is null ? 1 : 0;
    }

    public static async Task<int> SttyAsync(ProgramContext context)
    {
        if (context.Terminal is not { } terminal) return await context.FailAsync("standard input: Inappropriate ioctl for device");
        foreach (var argument in context.Arguments)
        {
            switch (argument)
            {
                case "size":
                    await context.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{terminal.Rows} {terminal.Columns}"));
                    break;
                case "raw" or "-icanon":
                    terminal.IsRaw = true;
                    break;
                case "-raw" or "cooked" or "icanon":
                    terminal.IsRaw = false;
                    break;
                case "sane":
                    (terminal.IsRaw, terminal.Echoes) = (false, true);
                    break;
                case "echo" or "-echo":
                    terminal.Echoes = argument == "echo";
                    break;
                default:
                    return await context.FailAsync($"invalid argument '{argument}'");
            }
        }
        if (context.Arguments.Count == 0)
            await context.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"speed 38400 baud; rows {terminal.Rows}; columns {terminal.Columns};"));
        return 0;
    }
}

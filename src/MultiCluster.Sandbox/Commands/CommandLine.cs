namespace MultiCluster.Sandbox.Commands;

/// <summary>Finds the command and gives it its options.</summary>
internal static class CommandLine
{
    private const string Usage = """
        Usage: MultiCluster.Sandbox <command> [options]

          tour     show on five simulated clusters what the module does; ends by itself
          up       start simulated clusters and print the path of their kubeconfig
          shell    start simulated clusters and a PowerShell that has the module and their kubeconfig

        Options: --clusters <n>  --pods <n>  --seed <n>  --kubeconfig <path>  --churn <writes per second in each cluster, 0>   (shell: --module <path>)
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["tour", .. var rest] => await TourCommand.RunAsync(new CommandOptions(rest)),
                ["up", .. var rest] => await UpCommand.RunAsync(new CommandOptions(rest, "clusters", "pods", "seed", "kubeconfig", "churn")),
                ["shell", .. var rest] => await ShellCommand.RunAsync(new CommandOptions(rest, "clusters", "pods", "seed", "kubeconfig", "churn", "module")),
                _ => throw new UsageException(args.Length == 0 ? "A command is missing." : $"There is no command {args[0]}."),
            };
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{Usage}");
            return 2;
        }
    }
}

/// <summary>The command line cannot be understood; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);

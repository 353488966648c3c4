namespace MultiCluster.Sandbox.Commands;

/// <summary>Finds the command and gives it its options.</summary>
internal static class CommandLine
{
    private const string Usage = $"""
        Usage: MultiCluster.Sandbox.Commands <command> [options]

          tour     show in a PowerShell what the module does on five simulated clusters; ends by itself
          up       start simulated clusters and print the path of their kubeconfig
          shell    start simulated clusters and a PowerShell that has the module and their kubeconfig

        Options of up and shell: --clusters <n>  --pods <n>  --seed <n>  --kubeconfig <path>  --churn <writes per second in each cluster, 0>
                                 --openshift <how many of the clusters, the last ones, are of OpenShift, 0>
        Options of shell:        --module <path>
        Options of tour:         --script <path>   (another tour, written as tour.ps1 is)

        The PowerShell comes with the build. {PowerShellProgram.Variable} names another pwsh, or pwsh.dll, of 7.6 or newer; none is looked for on PATH.

        Exit codes: 0  done
                    1  a command of the tour did not do what the tour says
                    2  the command line cannot be understood
                    3  something is missing; the message says what to do
                    130, 143  stopped by Ctrl+C, by SIGTERM
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["tour", .. var rest] => await TourCommand.RunAsync(new CommandOptions(rest, "script")),
                ["up", .. var rest] => await UpCommand.RunAsync(new CommandOptions(rest, "clusters", "pods", "seed", "kubeconfig", "churn", "openshift")),
                ["shell", .. var rest] => await ShellCommand.RunAsync(new CommandOptions(rest, "clusters", "pods", "seed", "kubeconfig", "churn", "openshift", "module")),
                ["--help" or "-h" or "help"] => Help(),
                _ => throw new UsageException(args.Length == 0 ? "A command is missing." : $"There is no command {args[0]}."),
            };
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{Usage}");
            return 2;
        }
        catch (SetupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    private static int Help()
    {
        Console.WriteLine(Usage);
        return 0;
    }
}

/// <summary>The command line cannot be understood; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Something that a command needs is not there; the message says what to do.</summary>
internal sealed class SetupException(string message) : Exception(message);

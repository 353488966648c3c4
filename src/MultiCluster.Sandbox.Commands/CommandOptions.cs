using System.Globalization;

namespace MultiCluster.Sandbox.Commands;

/// <summary>The <c>--name value</c> pairs of a command.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string> _values = [];

    public CommandOptions(string[] args, params string[] known)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!known.Contains(name)) throw new UsageException($"There is no option {args[i]}.");
            if (i + 1 == args.Length) throw new UsageException($"The option {args[i]} needs a value.");
            _values[name] = args[i + 1];
        }
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"The option --{name} needs a whole number from {least} to {most}, not {text}.");
    }
}

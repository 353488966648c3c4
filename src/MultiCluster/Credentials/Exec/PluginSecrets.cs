using System.Collections.Frozen;
using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials;

/// <summary>
/// What a plugin is given and may repeat in its messages: the values of its variables, whatever their names, what its arguments hold of a
/// secret, and the passwords in the cluster's addresses.
/// </summary>
internal static class PluginSecrets
{
    /// <summary>What a variable says to a plugin without being anybody's secret, and what its messages are full of.</summary>
    private static readonly FrozenSet<string> Commonplaces = new[]
    {
        "true", "false", "none", "null", "auto", "always", "never", "enabled", "disabled", "default", "info", "debug", "warn", "warning", "error", "trace",
        "verbose", "quiet", "json", "yaml", "text", "http", "https", "legacy", "regional",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values, each in the forms in which a message may hold it, the longest first.</summary>
    public static IReadOnlyList<string> Of(ExecConfig exec, KubeconfigCluster cluster) =>
    [
        .. exec.Env.Where(static variable => SecretMask.IsSecretName(variable.Key) || !Commonplaces.Contains(variable.Value.Trim())).Select(static variable => variable.Value)
            .Concat(OfArguments(exec.Args))
            .Concat(OfAddress(cluster.Server))
            .Concat(OfAddress(cluster.ProxyUrl))
            .SelectMany(Forms)
            .Where(SecretMask.CanBeMasked)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(static value => value.Length),
    ];

    /// <summary><c>--client-secret=value</c>, <c>--client-secret value</c>, and whatever looks like a secret by itself.</summary>
    private static IEnumerable<string> OfArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (SecretMask.IsSecretName(name) && equals >= 0)
                yield return argument[(equals + 1)..];
            else if (SecretMask.IsSecretName(name) && name.StartsWith('-') && i + 1 < arguments.Count)
                yield return arguments[i + 1];
            else if (SecretMask.LooksSecret(argument[(equals + 1)..]))
                yield return argument[(equals + 1)..];
            foreach (var part in OfAddress(argument))
                yield return part;
        }
    }

    private static IEnumerable<string> OfAddress(string? address)
    {
        if (address is null || ServerAddress.Split(address).Login is not { } login)
            return [];
        var password = login.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? login[(at + 1)..] : login;
        return [password, Uri.UnescapeDataString(password)];
    }

    private static IEnumerable<string> Forms(string value)
    {
        var trimmed = value.Trim();
        yield return value;
        yield return trimmed;
        yield return Uri.EscapeDataString(trimmed);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(trimmed));
        yield return trimmed.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

        // Of a key or a document with many lines, a message may hold any.
        foreach (var line in trimmed.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Length >= SecretMask.DistinctLength)
                yield return line;
        }
    }
}

using System.Management.Automation;
using System.Reflection;
using MultiCluster.Objects;

namespace MultiCluster.Module.Pipeline;

/// <summary>The kind of a cmdlet that reads one alone: the one whose objects are of the class which it writes.</summary>
internal static class OwnKind
{
    /// <summary>A text that means the kind and no other, whatever else a cluster calls so.</summary>
    public static string Of(Type cmdlet)
    {
        var written = cmdlet.GetCustomAttribute<OutputTypeAttribute>()!.Type[0].Type;
        var kind = written.GetCustomAttributes<KindAttribute>().First(); // today's group, before those in which it once was
        return kind.Group.Length == 0 ? $"v1/{kind.Kind}" : $"{kind.Kind}.{kind.Group}";
    }

    /// <summary>That of a command by its name; null for one that reads any kind, or none.</summary>
    public static string? Of(string command) =>
        typeof(ReadingCmdlet).Assembly.GetTypes().FirstOrDefault(type =>
            type.IsSubclassOf(typeof(ReadingCmdlet))
            && type.GetCustomAttribute<CmdletAttribute>() is { } name
            && $"{name.VerbName}-{name.NounName}".Equals(command, StringComparison.OrdinalIgnoreCase)) is { } cmdlet
        && cmdlet.GetCustomAttribute<OutputTypeAttribute>()!.Type[0].Type != typeof(KubeObject)
            ? Of(cmdlet)
            : null;
}

using System.Globalization;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Changes;

/// <summary>A field that a change changes. The values of Secrets are masked.</summary>
[Views(Wrap = true)]
public sealed record KubeFieldChange
{
    /// <summary>Where it is: <c>spec.replicas</c>, <c>spec.template.spec.containers[0].image</c>.</summary>
    [Column(Width = 34)]
    public required string Path { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>What was there; null for nothing.</summary>
    [Column(Width = 20)]
    public object? Old { get; init; }

    /// <summary>What is there then; null for nothing.</summary>
    [Column]
    public object? New { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(string.Create(CultureInfo.InvariantCulture, $"{Path}: {Text(Old)} -> {Text(New)}"));

    private static string Text(object? value) => value switch
    {
        null => "(none)",
        KubeMap or KubeList => $"{value}",
        bool yes => yes ? "true" : "false",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}

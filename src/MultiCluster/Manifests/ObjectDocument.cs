using MultiCluster.Faults;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Manifests;

/// <summary>What a document holds, or one object of a list in it: as JSON, or why it cannot be read.</summary>
internal sealed record ObjectDocument(ManifestPlace Place, byte[]? Json, Fault? Fault = null)
{
    /// <summary>A document that cannot be read, with the place in its text.</summary>
    public static ObjectDocument Lost(ManifestPlace place, YamlProblemException problem) =>
        new(place, null, FaultAt(place with { Line = problem.Place.Line, Column = problem.Place.Column }, problem.Message, problem.Advice));

    /// <summary>A text that cannot be read.</summary>
    public static ObjectDocument Lost(string source, string detail, string advice) =>
        new(new(source, 0, 0, 0), null, new Fault { Phase = FaultPhase.Invalid, Detail = $"{source}: {detail}", Advice = advice });

    public static Fault FaultAt(ManifestPlace place, string detail, string advice) =>
        new() { Phase = FaultPhase.Invalid, Detail = $"{place}: {detail}", Advice = advice };
}

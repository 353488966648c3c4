using System.Text.Json.Nodes;
using MultiCluster.Objects;

namespace MultiCluster.Comparing;

/// <summary>What each of the compared objects has at a path; null where there is nothing, and where there is no object to have it.</summary>
internal sealed record PathValues
{
    /// <summary>The path; empty for the objects themselves.</summary>
    public required string Path { get; init; }

    /// <summary>The values, in the order of the objects.</summary>
    public required IReadOnlyList<JsonNode?> Values { get; init; }

    /// <summary>What they are worth.</summary>
    public required IReadOnlyList<string?> Keys { get; init; }

    /// <summary>What stands at the path in the kind's objects.</summary>
    public FieldPlace? Place { get; init; }

    /// <summary>True when it is about whether something is there, and not about what it is: an element of a list that is its own name.</summary>
    public bool IsPresence { get; init; }
}

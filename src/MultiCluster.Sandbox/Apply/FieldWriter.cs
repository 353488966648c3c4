namespace MultiCluster.Sandbox.Apply;

/// <summary>Who writes.</summary>
/// <param name="Manager">Name of the manager.</param>
/// <param name="ApiVersion">The version in which it writes.</param>
/// <param name="Subresource">What it writes: empty for the object itself, or <c>status</c> or <c>scale</c>.</param>
/// <param name="Time">Now.</param>
internal sealed record FieldWriter(string Manager, string ApiVersion, string Subresource, DateTimeOffset Time)
{
    /// <summary>True when it applies, and the owners are decided with what is applied.</summary>
    public bool Applies { get; init; }
}

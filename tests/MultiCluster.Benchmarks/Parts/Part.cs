using MultiCluster.Benchmarks.Report;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Some figures that are measured together.</summary>
internal abstract class Part
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Its heading.</summary>
    public abstract string Title { get; }

    /// <summary>How it is measured.</summary>
    public abstract string Method { get; }

    /// <summary>Starts what it needs, measures, and cleans up.</summary>
    /// <exception cref="Measuring.NotMeasuredException">This machine lacks something.</exception>
    public abstract Task<IReadOnlyList<Table>> MeasureAsync();
}

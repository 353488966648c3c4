namespace MultiCluster.Benchmarks.Measuring;

/// <summary>This machine lacks what a figure needs; the message says what.</summary>
internal sealed class NotMeasuredException(string reason) : Exception(reason);

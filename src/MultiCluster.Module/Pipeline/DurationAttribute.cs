using System.Globalization;
using System.Management.Automation;
using MultiCluster.Objects;

namespace MultiCluster.Module.Pipeline;

/// <summary>Takes a span of time as kubectl writes it (<c>30s</c>, <c>10m</c>, <c>3d4h</c>), as a TimeSpan, or as a number of seconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // A bare 30s or 1d is a number to PowerShell, which remembers how it was written: as the text of the object around it.
        var value = TargetValues.Unwrap(inputData);
        if (value is TimeSpan or KubeAge)
            return value is KubeAge age ? age.ToTimeSpan() : value;
        var text = $"{inputData}";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        try
        {
            return KubeAge.Parse(text).ToTimeSpan();
        }
        catch (FormatException)
        {
            throw new ArgumentTransformationMetadataException($"'{text}' is no span of time. Write it as 30s, 10m, 3d4h or 1.12:00:00.");
        }
    }
}

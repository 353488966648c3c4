using System.Collections;
using System.Management.Automation;
using MultiCluster.Objects;

namespace MultiCluster.Module.Pipeline;

/// <summary>Takes names of files, and refuses objects, which PowerShell would turn into texts that name no file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FileNamesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = LanguagePrimitives.GetEnumerable(inputData) ?? new[] { inputData };
        foreach (var value in given)
        {
            if (TargetValues.Unwrap(value) is IDictionary or PSObject or KubeObject)
                throw new ArgumentTransformationMetadataException("An object is no name of a file. Pipe it into the command.");
        }

        return inputData;
    }
}

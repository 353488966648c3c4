using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Sessions;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Pipeline;

/// <summary>Lets a parameter that takes the module's objects take KubernetesClient's models of them, too.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesModelsAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => TargetValues.Unwrap(inputData) switch
    {
        object?[] many when many.Any(static one => ModelObjects.IsModel(TargetValues.Unwrap(one))) => many.Select(One).ToArray(),
        var one => ModelObjects.IsModel(one) ? One(one) : inputData,
    };

    private static object? One(object? value)
    {
        var one = TargetValues.Unwrap(value);
        if (!ModelObjects.IsModel(one))
            return value;
        try
        {
            return ModelObjects.Of(one!, ModelStore.Of(KubeSession.Current.Pool), TimeProvider.System);
        }
        catch (FaultException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}

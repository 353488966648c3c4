using Microsoft.CodeAnalysis;

namespace MultiCluster.Generators;

/// <summary>
/// KubernetesClient's operations are extension methods, which PowerShell does not see. For each of its groups (<c>CoreV1</c>) this writes a
/// class that has them as methods, and gives <c>KubeClient</c> a property for it. They are found in the referenced assembly, so an upgrade
/// brings its own.
/// </summary>
[Generator]
public sealed class OperationGroupGenerator : IIncrementalGenerator
{
    private const string Suffix = "OperationsExtensions";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Nothing of the sources is looked at: what is written depends on the library alone.
        var library = context.MetadataReferencesProvider.Collect().Combine(context.CompilationProvider)
            .Select(static (pair, _) => pair.Right.GetTypeByMetadataName("k8s.Kubernetes")?.ContainingNamespace);
        context.RegisterSourceOutput(library, static (output, space) =>
        {
            foreach (var type in space?.GetTypeMembers().Where(static type => type.IsStatic && type.Name.EndsWith(Suffix, System.StringComparison.Ordinal)) ?? [])
            {
                var group = new OperationGroup(type.Name.Substring(0, type.Name.Length - Suffix.Length), type);
                output.AddSource($"{group.Name}.g.cs", group.Source());
            }
        });
    }
}

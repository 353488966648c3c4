using MultiCluster.Objects;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// OpenShift's Projects: the namespaces that a user may see, for whom those of the whole cluster are forbidden. Other clusters answer that they
/// have none, or that they are forbidden.
/// </summary>
internal static class Projects
{
    public static ResourceKind Kind { get; } = new()
    {
        Group = "project.openshift.io",
        Version = "v1",
        Kind = "Project",
        Plural = "projects",
        Singular = "project",
        Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"],
    };
}

namespace MultiCluster.Module.Completion;

/// <summary>Completes paths that people compare.</summary>
public sealed class ComparedPathCompleter() : WordCompleter(
    ("spec.template.spec.containers.image", "the images of a workload"),
    ("spec.template.spec.containers.resources", "what a workload's containers request, and their limits"),
    ("spec.template.spec.containers.env", "the variables of a workload"),
    ("spec.template.spec", "what a workload's pods are made of"),
    ("spec.replicas", "how many pods are wanted"),
    ("spec", "all that is wanted of the objects"),
    ("data", "the entries of ConfigMaps and Secrets"),
    ("metadata.labels", "the labels"),
    ("metadata.annotations", "the annotations"));

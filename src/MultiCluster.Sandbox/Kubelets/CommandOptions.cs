namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Which streams a command has.</summary>
internal readonly record struct CommandOptions(bool Input, bool Output, bool Error, bool Terminal);

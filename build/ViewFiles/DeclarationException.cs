namespace MultiCluster.ViewFiles;

/// <summary>A class declares what cannot be shown.</summary>
internal sealed class DeclarationException(string message) : Exception(message);

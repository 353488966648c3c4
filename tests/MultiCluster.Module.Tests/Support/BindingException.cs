namespace MultiCluster.Module.Tests.Support;

/// <summary>PowerShell would refuse these parameters, with this error id.</summary>
public sealed class BindingException(string errorId, string message) : Exception($"{errorId}: {message}")
{
    public string ErrorId { get; } = errorId;
}

using System.Management.Automation;
using MultiCluster.Faults;

namespace MultiCluster.Module.Tests.Support;

/// <summary>What tests compare of an error.</summary>
internal static class ErrorRecords
{
    /// <summary>The id without the cmdlet's class, which PowerShell appends.</summary>
    public static string Id(this ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The fault that the error is made of.</summary>
    public static Fault Fault(this ErrorRecord error) => Assert.IsType<FaultException>(error.Exception).Fault;
}

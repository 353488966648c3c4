namespace MultiCluster.Faults;

/// <summary>What no floor foresaw, as a fault of the cluster where it happened: a defect ends that cluster's part of a call and nothing else.</summary>
internal static class UnforeseenFault
{
    /// <summary>The fault of an exception, told with its type.</summary>
    public static Fault Of(Exception exception) => exception is FaultException known ? known.Fault : new()
    {
        Phase = FaultPhase.Decode,
        Detail = $"{exception.GetType().Name}: {MessageText.OneLine(exception.Message).TrimEnd('.')}",
        Advice = "This is a defect of the module. Please report it with the output of Get-Error.",
        Cause = exception,
    };
}

namespace MultiCluster.Sandbox.Api;

/// <summary>Takes each request through its cluster's log, faults and API.</summary>
internal static class RequestPipeline
{
    public static async Task RunAsync(HttpContext context)
    {
        var cluster = context.Features.Get<SimulatedCluster>() ?? throw new InvalidOperationException("The connection has no cluster.");
        var record = new RequestRecord(context.Request, cluster.Time.GetUtcNow());
        cluster.Requests.Add(record);
        cluster.RequestStarted();
        try
        {
            using var request = new SimulatedRequest(context, cluster);
            await AnswerErrorsAsync(context, () => cluster.Faults.RunAsync(request, () => AnswerErrorsAsync(context, () => ApiServer.ServeAsync(request))));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client went away, or a fault dropped it.
        }
        finally
        {
            record.Status = context.Response.StatusCode;
            cluster.RequestEnded();
        }
    }

    private static async Task AnswerErrorsAsync(HttpContext context, Func<Task> serve)
    {
        try
        {
            await serve();
        }
        catch (StatusError error) when (!context.Response.HasStarted)
        {
            await error.WriteAsync(context);
        }
    }
}

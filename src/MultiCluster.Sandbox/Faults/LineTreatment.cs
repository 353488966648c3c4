using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

/// <summary>Puts a treatment between a stream and its client.</summary>
internal static class LineTreatment
{
    public static async Task UseAsync(SimulatedRequest request, Func<Task> next, ILineTreatment treatment)
    {
        LineStream? lines = null;
        LineOutput? output = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Ended);
        await ReplacedBody.UseAsync(
            request.Context,
            async () =>
            {
                var beside = treatment.RunAsync(lines!, output!, stop.Token);
                try
                {
                    await next();
                    await request.Context.Response.BodyWriter.FlushAsync(request.Aborted);
                }
                finally
                {
                    await stop.CancelAsync();
                    await EndOf(beside);
                }
                await lines!.FinishAsync();
            },
            inner =>
            {
                output = new LineOutput(request, inner);
                return lines = new LineStream(output, treatment, inner);
            });
    }

    /// <summary>A stream of these bytes alone, instead of the cluster's.</summary>
    public static async Task AnswerAsync(SimulatedRequest request, ReadOnlyMemory<byte> bytes)
    {
        Answer.Announce(request.Context);
        await request.Context.Response.BodyWriter.WriteAsync(bytes, request.Aborted);
    }

    private static async Task EndOf(Task beside)
    {
        try
        {
            await beside;
        }
        catch (OperationCanceledException)
        {
            // It was to run as long as the stream.
        }
    }
}
